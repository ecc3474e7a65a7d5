import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table } from '../../../kit/data/table.js';
import { PAGE_SIZE, useListAddress } from '../../../kit/data/use-list-address.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Muted } from '../../../kit/layout/stack.js';
import { useRealmName } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { AssignDialog } from './assign-dialog.js';
import { useText } from './messages/use-text.js';
import { bodyOf, mappingPath, roleName, rolesOf, type AssignedRoles, type Role } from './role-mappings.js';
import { useUserApi, useUserDeed, useUserId } from './use-user.js';

/** Roles that were given to the user, of the realm and of clients. */
export function RolesTab(): ReactNode {
  const t = useText();
  const api = useUserApi();
  const may = useMay()('manage-users');
  const list = useListAddress();
  const [assigning, setAssigning] = useState(false);
  const mappings = useQuery({
    queryKey: ['users', useRealmName(), useUserId(), 'roles'],
    // One row for a role that was given by hand: the server answers with all of them.
    queryFn: async ({ signal }) => rolesOf(await api.get<AssignedRoles>('/role-mappings', {}, signal)),
  });
  const take = useUserDeed((role: Role) => api.delete(mappingPath(role), {}, [bodyOf(role)]), t('roles.taken'));
  const shown = mappings.data?.slice(list.first, list.first + PAGE_SIZE);
  return (
    <Panel
      title={t('roles')}
      description={t('roles.about')}
      actions={
        may && (
          <Button icon="add" onClick={() => setAssigning(true)}>
            {t('roles.assign')}
          </Button>
        )
      }
    >
      {take.error && <ErrorNotice error={take.error} />}
      {mappings.error ? (
        <ErrorNotice error={mappings.error} onRetry={() => void mappings.refetch()} />
      ) : (
        <Table
          label={t('roles')}
          columns={[
            { id: 'role', label: t('role'), cell: ({ name }) => name },
            { id: 'from', label: t('roles.from'), cell: ({ client }) => client ?? <Muted>{t('roles.ofRealm')}</Muted> },
            ...(may
              ? [
                  {
                    id: 'deeds',
                    label: t('roles.take'),
                    actions: true,
                    cell: (role: Role) => (
                      <Button
                        aria-label={t('roles.takeOf', { name: roleName(role) })}
                        busy={take.isPending && take.variables.id === role.id}
                        onClick={() => take.mutate(role)}
                      >
                        {t('roles.take')}
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
          rows={shown}
          idOf={({ id }) => id}
          nameOf={roleName}
          empty={<EmptyState title={t('roles.empty')} />}
        />
      )}
      {mappings.data && mappings.data.length > PAGE_SIZE && (
        <Paging
          first={list.first}
          size={PAGE_SIZE}
          shown={shown?.length ?? 0}
          total={mappings.data.length}
          onChange={list.onPage}
        />
      )}
      {assigning && (
        <AssignDialog assigned={new Set(mappings.data?.map(({ id }) => id))} onClose={() => setAssigning(false)} />
      )}
    </Panel>
  );
}
