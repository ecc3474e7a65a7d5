import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Table } from '../../../kit/data/table.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Select } from '../../../kit/fields/select.js';
import { Switch } from '../../../kit/fields/switch.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Stack } from '../../../kit/layout/stack.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { EvaluatePanel } from './evaluate-panel.js';
import { useClient, useClientApi, useClientDeed, useSaveClient } from './use-client.js';
import { useText } from './messages/use-text.js';

interface Scope {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly protocol?: string;
}

type Attachment = 'default' | 'optional' | 'none';

interface Change {
  readonly scope: Scope;
  readonly from: Attachment;
  readonly to: Attachment;
}

/** Which client scopes the client has: always, when it asks for them, or not; and what comes of it. */
export function ScopesTab(): ReactNode {
  const t = useText();
  const realmApi = useRealmApi();
  const realm = useRealmName();
  const api = useClientApi();
  const client = useClient();
  const mayManage = useMay()('manage-clients');
  const save = useSaveClient();
  const scopes = useQuery({
    queryKey: ['client-scopes', realm],
    queryFn: ({ signal }) => realmApi.get<readonly Scope[]>('/client-scopes', {}, signal),
  });
  const attach = useClientDeed(async ({ scope, from, to }: Change) => {
    const path = (kind: Attachment): string => `/${kind}-client-scopes/${encodeURIComponent(scope.id)}`;
    if (from !== 'none') await api.delete(path(from));
    if (to !== 'none') await api.put(path(to));
  });
  const attachmentOf = ({ name }: Scope): Attachment =>
    client.defaultClientScopes.includes(name)
      ? 'default'
      : client.optionalClientScopes.includes(name)
        ? 'optional'
        : 'none';
  const problem = attach.error ?? save.error;
  return (
    <Stack>
      <Panel title={t('scopes')} description={t('scopesAbout')}>
        <Stack>
          {problem && <ErrorNotice error={problem} />}
          <Switch
            label={t('fullScope')}
            description={t('fullScopeAbout')}
            disabled={!mayManage || save.isPending}
            checked={client.fullScopeAllowed}
            onChange={({ currentTarget }) => save.mutate({ fullScopeAllowed: currentTarget.checked })}
          />
          {scopes.error ? (
            <ErrorNotice error={scopes.error} onRetry={() => void scopes.refetch()} />
          ) : (
            <Table
              label={t('scopes')}
              columns={[
                { id: 'name', label: t('name'), cell: ({ name }) => name },
                { id: 'description', label: t('description'), cell: ({ description = '' }) => description },
                {
                  id: 'attachment',
                  label: t('scope.given'),
                  cell: (scope) => (
                    <Select
                      hideLabel
                      label={t('scope.givenOf', { name: scope.name })}
                      disabled={!mayManage || attach.isPending}
                      value={attachmentOf(scope)}
                      choices={(['default', 'optional', 'none'] as const).map((value) => ({
                        value,
                        label: t(`scope.${value}`),
                      }))}
                      onChange={({ currentTarget }) =>
                        attach.mutate({
                          scope,
                          from: attachmentOf(scope),
                          to: currentTarget.value as Attachment,
                        })
                      }
                    />
                  ),
                },
              ]}
              rows={scopes.data?.filter(({ protocol = 'openid-connect' }) => protocol === 'openid-connect')}
              idOf={({ id }) => id}
              nameOf={({ name }) => name}
              empty={<EmptyState title={t('scope.empty')} />}
            />
          )}
        </Stack>
      </Panel>
      <EvaluatePanel />
    </Stack>
  );
}
