import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { Notice } from '../../../kit/feedback/notice.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Select } from '../../../kit/fields/select.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Row, Stack } from '../../../kit/layout/stack.js';
import { ConfirmDialog } from '../../../kit/overlays/confirm-dialog.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { KeyPanel } from './key-panel.js';
import { useClient, useClientApi, useClientDeed, useClientKey, useSaveClient } from './use-client.js';
import { useText } from './messages/use-text.js';

interface Provider {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
}

/** How the client shows who it is, and what it does so with. */
export function CredentialsTab(): ReactNode {
  const t = useText();
  const mayManage = useMay()('manage-clients');
  const { clientAuthenticatorType, publicClient } = useClient();
  if (publicClient) return <Notice>{t('credentials.public')}</Notice>;
  const usesSecret = clientAuthenticatorType.startsWith('client-secret');
  return (
    <Stack>
      <AuthenticatorPanel />
      {usesSecret && (mayManage ? <SecretPanel /> : <Notice>{t('secret.hidden')}</Notice>)}
      {clientAuthenticatorType === 'client-jwt' && <KeyPanel />}
    </Stack>
  );
}

function AuthenticatorPanel(): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const { clientAuthenticatorType } = useClient();
  const mayManage = useMay()('manage-clients');
  const save = useSaveClient();
  const providers = useQuery({
    queryKey: ['client-authenticators', realm],
    queryFn: ({ signal }) => api.get<readonly Provider[]>('/authentication/client-authenticator-providers', {}, signal),
  });
  const problem = save.error ?? providers.error;
  const current = providers.data?.find(({ id }) => id === clientAuthenticatorType);
  return (
    <Panel title={t('authenticator')} description={t('authenticatorAbout')}>
      <Stack>
        {problem && <ErrorNotice error={problem} />}
        {providers.data ? (
          <Select
            label={t('authenticator.kind')}
            description={current?.description}
            disabled={!mayManage || save.isPending}
            value={clientAuthenticatorType}
            choices={providers.data.map(({ id, displayName }) => ({ value: id, label: displayName }))}
            onChange={({ currentTarget }) => save.mutate({ clientAuthenticatorType: currentTarget.value })}
          />
        ) : (
          <Skeleton lines={2} />
        )}
      </Stack>
    </Panel>
  );
}

interface Secret {
  readonly value?: string;
}

function SecretPanel(): ReactNode {
  const t = useText();
  const api = useClientApi();
  const toast = useToast();
  const key = useClientKey();
  const [isShown, setIsShown] = useState(false);
  const [asks, setAsks] = useState(false);
  const secret = useQuery({
    queryKey: [...key, 'secret'],
    queryFn: ({ signal }) => api.get<Secret>('/client-secret', {}, signal),
    // A secret stays in memory no longer than it is looked at.
    gcTime: 0,
  });
  const renew = useClientDeed(() => api.post('/client-secret'), t('secret.renewed'));
  const value = secret.data?.value ?? '';
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(value);
    toast(t('secret.copied'));
  };
  return (
    <Panel title={t('secret')} description={t('secretAbout')}>
      {secret.error ? (
        <ErrorNotice error={secret.error} onRetry={() => void secret.refetch()} />
      ) : (
        <Stack>
          <TextField
            code
            readOnly
            label={t('secret')}
            type={isShown ? 'text' : 'password'}
            autoComplete="off"
            value={value}
          />
          <Row>
            <Button onClick={() => setIsShown(!isShown)}>{isShown ? t('secret.hide') : t('secret.show')}</Button>
            <Button icon="copy" disabled={value === ''} onClick={() => void copy()}>
              {t('secret.copy')}
            </Button>
            <Button icon="refresh" onClick={() => setAsks(true)}>
              {t('secret.renew')}
            </Button>
          </Row>
        </Stack>
      )}
      {asks && (
        <ConfirmDialog
          danger
          title={t('secret.renewTitle')}
          action={t('secret.renew')}
          onConfirm={() => renew.mutateAsync()}
          onClose={() => setAsks(false)}
        >
          <p>{t('secret.renewAbout')}</p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}
