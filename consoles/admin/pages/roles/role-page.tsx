import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { Link } from '../../../kit/actions/link.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table } from '../../../kit/data/table.js';
import { PAGE_SIZE, useListAddress } from '../../../kit/data/use-list-address.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Page } from '../../../kit/layout/page.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Stack } from '../../../kit/layout/stack.js';
import { ConfirmDialog } from '../../../kit/overlays/confirm-dialog.js';
import { Menu } from '../../../kit/overlays/menu.js';
import { useGoOn } from '../../../kit/shell/leave-guard.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import { RoleDialog } from '../../role-mapping/role-dialog.js';
import { RoleList } from '../../role-mapping/role-list.js';
import { roleBody, type Role } from '../../role-mapping/role.js';
import { useMay } from '../../who-am-i.js';
import { useText } from './messages/use-text.js';

interface FoundRole extends Role {
  readonly clientRole: boolean;
}

interface Holder {
  readonly id: string;
  readonly username: string;
  readonly email?: string;
}

/** One role of the realm: the roles that come with it, and who has it. */
export function RolePage(): ReactNode {
  const t = useText();
  const to = useTo();
  const { role: id = '' } = useParams();
  const realm = useRealmName();
  const api = useRealmApi().below('roles-by-id', id);
  const role = useQuery({
    queryKey: ['roles', realm, id],
    queryFn: ({ signal }) => api.get<FoundRole>('', {}, signal),
  });
  const crumbs = [{ label: t('roles'), to: to('roles') }];
  if (!role.data)
    return (
      <Page title={t('role')} crumbs={crumbs}>
        {role.error ? <ErrorNotice error={role.error} onRetry={() => void role.refetch()} /> : <Skeleton lines={6} />}
      </Page>
    );
  const { name, description = '' } = role.data;
  return (
    <Page
      title={name}
      crumbs={crumbs}
      {...(description !== '' && !description.startsWith('${') && { description })}
      actions={<RoleMenu role={role.data} />}
    >
      <Stack>
        <Composites role={role.data} />
        <Holders name={name} />
      </Stack>
    </Page>
  );
}

function RoleMenu({ role }: { readonly role: Role }): ReactNode {
  const t = useText();
  const to = useTo();
  const goOn = useGoOn();
  const realm = useRealmName();
  const api = useRealmApi().below('roles-by-id', role.id);
  const cache = useQueryClient();
  const toast = useToast();
  const [asks, setAsks] = useState<'edit' | 'delete'>();
  if (!useMay()('manage-realm')) return null;
  return (
    <>
      <Menu
        label={t('actions')}
        entries={[
          { label: t('edit'), icon: 'edit', onAction: () => setAsks('edit') },
          { label: t('delete'), icon: 'delete', danger: true, onAction: () => setAsks('delete') },
        ]}
      />
      {asks === 'edit' && (
        <RoleDialog
          role={role}
          save={async (changed) => {
            await api.put('', changed);
            await cache.invalidateQueries({ queryKey: ['roles', realm] });
            toast(t('saved'));
          }}
          onClose={() => setAsks(undefined)}
        />
      )}
      {asks === 'delete' && (
        <ConfirmDialog
          danger
          title={t('deleteTitle', { name: role.name })}
          action={t('delete')}
          onConfirm={async () => {
            await api.delete('');
            toast(t('deleted'));
            await goOn(to('roles'));
            await cache.invalidateQueries({ queryKey: ['roles', realm, 'list'] });
          }}
          onClose={() => setAsks(undefined)}
        >
          <p>{t('deleteAbout')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function Composites({ role }: { readonly role: Role }): ReactNode {
  const t = useText();
  const realm = useRealmName();
  const realmApi = useRealmApi();
  const api = realmApi.below('roles-by-id', role.id);
  const cache = useQueryClient();
  const mayManage = useMay()('manage-realm');
  const composites = useQuery({
    queryKey: ['roles', realm, role.id, 'composites'],
    queryFn: ({ signal }) => api.get<readonly FoundRole[]>('/composites', {}, signal),
  });
  const owners = [
    ...new Set(
      (composites.data ?? []).flatMap(({ clientRole, containerId }) => (clientRole ? (containerId ?? []) : [])),
    ),
  ];
  const clients = useQueries({
    queries: owners.map((id) => ({
      queryKey: ['clients', realm, id],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        realmApi.get<{ readonly id: string; readonly clientId: string }>(`/clients/${id}`, {}, signal),
    })),
  });
  const names = new Map(clients.flatMap(({ data }) => (data ? [[data.id, data.clientId] as const] : [])));
  const after = async (): Promise<void> => cache.invalidateQueries({ queryKey: ['roles', realm] });
  return (
    <RoleList
      title={t('composites')}
      description={t('compositesAbout')}
      roles={composites.data?.map(({ clientRole, containerId = '', ...rest }) => ({
        ...rest,
        ...(clientRole && { containerId, client: names.get(containerId) ?? '…' }),
      }))}
      error={composites.error}
      onRetry={() => void composites.refetch()}
      taker={{ kind: 'roles', id: role.id }}
      {...(mayManage && {
        give: async (given: Role) => {
          await api.post('/composites', [roleBody(given)]);
          await after();
        },
        take: async (taken: Role) => {
          await api.delete('/composites', {}, [roleBody(taken)]);
          await after();
        },
      })}
    />
  );
}

function Holders({ name }: { readonly name: string }): ReactNode {
  const t = useText();
  const to = useTo();
  const realm = useRealmName();
  const api = useRealmApi();
  const { first, onPage } = useListAddress();
  const holders = useQuery({
    queryKey: ['users', realm, 'with-role', name, first],
    queryFn: ({ signal }) =>
      api.get<readonly Holder[]>(
        `/roles/${encodeURIComponent(name)}/users`,
        { first, max: PAGE_SIZE, briefRepresentation: true },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <Panel title={t('users')} description={t('usersAbout')}>
      {holders.error ? (
        <ErrorNotice error={holders.error} onRetry={() => void holders.refetch()} />
      ) : (
        <Table
          label={t('users')}
          columns={[
            {
              id: 'username',
              label: t('username'),
              cell: ({ id, username }) => <Link to={to('users', id)}>{username}</Link>,
            },
            { id: 'email', label: t('email'), cell: ({ email = '' }) => email },
          ]}
          rows={holders.data}
          idOf={({ id }) => id}
          nameOf={({ username }) => username}
          empty={<EmptyState title={t('usersNone')} />}
        />
      )}
      <Paging first={first} size={PAGE_SIZE} shown={holders.data?.length ?? 0} onChange={onPage} />
    </Panel>
  );
}
