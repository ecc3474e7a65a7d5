import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Table } from '../../../kit/data/table.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Muted, Row } from '../../../kit/layout/stack.js';
import { ConfirmDialog } from '../../../kit/overlays/confirm-dialog.js';
import { useRealmName } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { useText } from './messages/use-text.js';
import { useUserApi, useUserDeed, useUserId } from './use-user.js';

interface Consent {
  readonly clientId: string;
  readonly grantedClientScopes: readonly string[];
  /** Milliseconds; null where nobody was asked. */
  readonly createdDate: number | null;
  /** Offline tokens. */
  readonly additionalGrants: readonly object[];
}

/** What the user allowed applications. */
export function ConsentsTab(): ReactNode {
  const t = useText();
  const api = useUserApi();
  const may = useMay()('manage-users');
  const [revoking, setRevoking] = useState<string>();
  const consents = useQuery({
    queryKey: ['users', useRealmName(), useUserId(), 'consents'],
    queryFn: ({ signal }) => api.get<readonly Consent[]>('/consents', {}, signal),
  });
  const revoke = useUserDeed(
    (clientId: string) => api.delete(`/consents/${encodeURIComponent(clientId)}`),
    t('revoke.done', { name: revoking ?? '' }),
  );
  return (
    <Panel title={t('consents')} description={t('consents.about')}>
      {consents.error ? (
        <ErrorNotice error={consents.error} onRetry={() => void consents.refetch()} />
      ) : (
        <Table
          label={t('consents')}
          columns={[
            { id: 'client', label: t('client'), cell: ({ clientId }) => clientId },
            {
              id: 'grants',
              label: t('grants'),
              cell: ({ grantedClientScopes: scopes, additionalGrants }) => (
                <Row>
                  {scopes.map((scope) => (
                    <Badge key={scope}>{scope}</Badge>
                  ))}
                  {additionalGrants.length > 0 && <Badge kind="accent">{t('offline')}</Badge>}
                  {scopes.length + additionalGrants.length === 0 && <Muted>{t('nothingAllowed')}</Muted>}
                </Row>
              ),
            },
            { id: 'since', label: t('since'), cell: ({ createdDate: at }) => at !== null && <DateTime at={at} /> },
            ...(may
              ? [
                  {
                    id: 'deeds',
                    label: t('revoke'),
                    actions: true,
                    cell: ({ clientId }: Consent) => (
                      <Button aria-label={t('revokeOf', { name: clientId })} onClick={() => setRevoking(clientId)}>
                        {t('revoke')}
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
          rows={consents.data}
          idOf={({ clientId }) => clientId}
          nameOf={({ clientId }) => clientId}
          empty={<EmptyState title={t('consents.empty')} />}
        />
      )}
      {revoking !== undefined && (
        <ConfirmDialog
          danger
          title={t('revoke.title', { name: revoking })}
          action={t('revoke')}
          onConfirm={() => revoke.mutateAsync(revoking)}
          onClose={() => setRevoking(undefined)}
        >
          <p>{t('revoke.about')}</p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}
