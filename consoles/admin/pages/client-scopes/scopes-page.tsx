import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Link } from '../../../kit/actions/link.js';
import { Table } from '../../../kit/data/table.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Select } from '../../../kit/fields/select.js';
import { Page } from '../../../kit/layout/page.js';
import { Stack } from '../../../kit/layout/stack.js';
import { Dialog } from '../../../kit/overlays/dialog.js';
import { useGoOn } from '../../../kit/shell/leave-guard.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { scopeBody, type ClientScope } from './client-scope.js';
import { ScopeForm } from './scope-form.js';
import { useText } from './messages/use-text.js';

const GIVEN = ['default', 'optional', 'none'] as const;
type Given = (typeof GIVEN)[number];

interface Change {
  readonly id: string;
  readonly from: Given;
  readonly to: Given;
}

/** The client scopes of a realm, and which of them new clients get. */
export function ScopesPage(): ReactNode {
  const t = useText();
  const to = useTo();
  const api = useRealmApi();
  const realm = useRealmName();
  const cache = useQueryClient();
  const toast = useToast();
  const mayManage = useMay()('manage-clients');
  const [creating, setCreating] = useState(false);
  const scopes = useQuery({
    queryKey: ['client-scopes', realm],
    queryFn: ({ signal }) => api.get<readonly ClientScope[]>('/client-scopes', {}, signal),
  });
  const defaults = useQuery({
    queryKey: ['client-scopes', realm, 'of-new-clients'],
    queryFn: async ({ signal }) => {
      const [always, asked] = await Promise.all([
        api.get<readonly ClientScope[]>('/default-default-client-scopes', {}, signal),
        api.get<readonly ClientScope[]>('/default-optional-client-scopes', {}, signal),
      ]);
      return new Map<string, Given>([
        ...asked.map(({ id }) => [id, 'optional'] as const),
        ...always.map(({ id }) => [id, 'default'] as const),
      ]);
    },
  });
  const change = useMutation({
    mutationFn: async ({ id, from, to: next }: Change) => {
      const path = (kind: Given): string => `/default-${kind}-client-scopes/${encodeURIComponent(id)}`;
      if (from !== 'none') await api.delete(path(from));
      if (next !== 'none') await api.put(path(next));
    },
    onSuccess: () => toast(t('saved')),
    onSettled: () => cache.invalidateQueries({ queryKey: ['client-scopes', realm] }),
  });
  const givenOf = (id: string): Given => defaults.data?.get(id) ?? 'none';
  const problem = scopes.error ?? defaults.error;
  return (
    <Page
      title={t('scopes')}
      description={t('about')}
      actions={
        mayManage && (
          <Button look="primary" icon="add" onClick={() => setCreating(true)}>
            {t('create')}
          </Button>
        )
      }
    >
      <Stack>
        {change.error && <ErrorNotice error={change.error} />}
        {problem ? (
          <ErrorNotice error={problem} onRetry={() => void Promise.all([scopes.refetch(), defaults.refetch()])} />
        ) : (
          <Table
            label={t('scopes')}
            columns={[
              {
                id: 'name',
                label: t('name'),
                cell: ({ id, name }) => <Link to={to('client-scopes', id)}>{name}</Link>,
              },
              { id: 'description', label: t('description'), cell: ({ description = '' }) => description },
              {
                id: 'given',
                label: t('given'),
                cell: ({ id, name }) => (
                  <Select
                    hideLabel
                    label={t('givenOf', { name })}
                    disabled={!mayManage || change.isPending}
                    value={givenOf(id)}
                    choices={GIVEN.map((value) => ({ value, label: t(`given.${value}`) }))}
                    onChange={({ currentTarget }) =>
                      change.mutate({ id, from: givenOf(id), to: currentTarget.value as Given })
                    }
                  />
                ),
              },
            ]}
            rows={scopes.data?.filter(({ protocol = 'openid-connect' }) => protocol === 'openid-connect')}
            idOf={({ id }) => id}
            nameOf={({ name }) => name}
            empty={<EmptyState title={t('none')} />}
          />
        )}
      </Stack>
      {creating && <CreateDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

function CreateDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useText();
  const to = useTo();
  const api = useRealmApi();
  const realm = useRealmName();
  const cache = useQueryClient();
  const goOn = useGoOn();
  return (
    <Dialog wide title={t('create')} onClose={onClose}>
      <ScopeForm
        mayManage
        scope={{ id: '', name: '' }}
        action={t('create')}
        save={async (values) => {
          const { createdId = '' } = await api.post('/client-scopes', scopeBody(values));
          await cache.invalidateQueries({ queryKey: ['client-scopes', realm] });
          await goOn(to('client-scopes', createdId));
        }}
      />
    </Dialog>
  );
}
