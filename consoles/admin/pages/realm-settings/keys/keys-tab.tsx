import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../../kit/actions/button.js';
import { ErrorNotice } from '../../../../kit/feedback/error-state.js';
import { Panel } from '../../../../kit/layout/panel.js';
import { useRealmApi, useRealmName } from '../../../admin-context.js';
import { useServerInfo } from '../../../use-server-info.js';
import { useMay } from '../../../who-am-i.js';
import { DeleteKeyDialog } from './delete-key-dialog.js';
import { KeyProviderDialog } from './key-provider-dialog.js';
import { KEY_PROVIDER_TYPE, type KeyMetadata, type KeyProvider } from './key-provider.js';
import { KeyTable, type KeyRow } from './key-table.js';
import { KeyTextDialog } from './key-text-dialog.js';
import { useText } from './messages/use-text.js';

/** A question in front of the page. */
type Asked =
  { readonly what: 'new' } | { readonly what: 'edit' | 'delete' | 'publicKey' | 'certificate'; readonly row: KeyRow };

/** The keys of the realm: which there are, which is used for what, and what provides them. */
export function KeysTab(): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const manages = useMay()('manage-realm');
  const [asked, setAsked] = useState<Asked>();
  const info = useServerInfo();
  const kinds = info.data?.componentTypes[KEY_PROVIDER_TYPE];
  const keys = useQuery({
    queryKey: ['keys', realm],
    queryFn: async ({ signal }) => {
      const [metadata, providers] = await Promise.all([
        api.get<{ readonly keys: readonly KeyMetadata[] }>('/keys', {}, signal),
        api.get<readonly KeyProvider[]>('/components', { type: KEY_PROVIDER_TYPE }, signal),
      ]);
      return metadata.keys.map((key): KeyRow => ({ key, provider: providers.find(({ id }) => id === key.providerId) }));
    },
  });
  const problem = keys.error ?? info.error;
  const close = (): void => setAsked(undefined);
  return (
    <Panel
      title={t('keys')}
      description={t('keys.about')}
      actions={
        manages && (
          <Button icon="add" disabled={!kinds} onClick={() => setAsked({ what: 'new' })}>
            {t('add')}
          </Button>
        )
      }
    >
      {problem ? (
        <ErrorNotice error={problem} onRetry={() => void Promise.all([keys.refetch(), info.refetch()])} />
      ) : (
        <KeyTable rows={keys.data} manages={manages} onAsk={(what, row) => setAsked({ what, row })} />
      )}
      {asked?.what === 'new' && kinds && <KeyProviderDialog kinds={kinds} onClose={close} />}
      {asked?.what === 'edit' && kinds && (
        <KeyProviderDialog kinds={kinds} provider={asked.row.provider} onClose={close} />
      )}
      {asked?.what === 'delete' && (
        <DeleteKeyDialog row={asked.row} keys={(keys.data ?? []).map(({ key }) => key)} onClose={close} />
      )}
      {(asked?.what === 'publicKey' || asked?.what === 'certificate') && (
        <KeyTextDialog what={asked.what} row={asked.row} onClose={close} />
      )}
    </Panel>
  );
}
