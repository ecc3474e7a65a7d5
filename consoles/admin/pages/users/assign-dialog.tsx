import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table } from '../../../kit/data/table.js';
import { PAGE_SIZE } from '../../../kit/data/use-list-address.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { SearchField } from '../../../kit/fields/search-field.js';
import { Select } from '../../../kit/fields/select.js';
import { Stack } from '../../../kit/layout/stack.js';
import { Dialog } from '../../../kit/overlays/dialog.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useText } from './messages/use-text.js';
import { bodyOf, mappingPath, roleName, type AvailableClientRole, type Role } from './role-mappings.js';
import { useUserApi, useUserDeed, useUserId } from './use-user.js';

interface AssignDialogProps {
  /** Ids of the roles that the user has. */
  readonly assigned: ReadonlySet<string>;
  readonly onClose: () => void;
}

type Kind = 'realm' | 'clients';

/** Roles of the realm or of all its clients, by search, to give one after the other. */
export function AssignDialog({ assigned, onClose }: AssignDialogProps): ReactNode {
  const t = useText();
  const user = useUserApi();
  const [kind, setKind] = useState<Kind>('realm');
  const [search, setSearch] = useState('');
  const [first, setFirst] = useState(0);
  const roles = useRoles(kind, search, first);
  const give = useUserDeed((role: Role) => user.post(mappingPath(role), [bodyOf(role)]), t('roles.assigned'));
  const problem = roles.error ?? give.error;
  return (
    <Dialog wide title={t('roles.assign')} onClose={onClose}>
      <Stack>
        <Select
          label={t('roles.from')}
          value={kind}
          choices={[
            { value: 'realm', label: t('roles.ofRealm') },
            { value: 'clients', label: t('roles.ofClients') },
          ]}
          onChange={({ currentTarget }) => {
            setKind(currentTarget.value === 'clients' ? 'clients' : 'realm');
            setFirst(0);
          }}
        />
        <SearchField
          label={t('roles.search')}
          value={search}
          onSearch={(text) => {
            setSearch(text);
            setFirst(0);
          }}
        />
        {problem && <ErrorNotice error={problem} />}
        <Table
          label={t('roles')}
          columns={[
            { id: 'role', label: t('role'), cell: ({ name }) => name },
            ...(kind === 'clients' ? [{ id: 'client', label: t('client'), cell: ({ client }: Role) => client }] : []),
            {
              id: 'deeds',
              label: t('roles.assign'),
              actions: true,
              cell: (role) =>
                assigned.has(role.id) ? (
                  <Badge>{t('direct')}</Badge>
                ) : (
                  <Button
                    aria-label={t('roles.assignOf', { name: roleName(role) })}
                    busy={give.isPending && give.variables.id === role.id}
                    onClick={() => give.mutate(role)}
                  >
                    {t('add')}
                  </Button>
                ),
            },
          ]}
          rows={roles.error ? [] : roles.data}
          idOf={({ id }) => id}
          nameOf={roleName}
          empty={<EmptyState title={t('nothing')} />}
        />
        <Paging first={first} size={PAGE_SIZE} shown={roles.data?.length ?? 0} onChange={setFirst} />
      </Stack>
    </Dialog>
  );
}

function useRoles(kind: Kind, search: string, first: number): ReturnType<typeof useQuery<readonly Role[]>> {
  const api = useRealmApi();
  const user = useUserId();
  return useQuery<readonly Role[]>({
    // Below the user: what may still be given changes with what is given.
    queryKey: ['users', useRealmName(), user, 'available-roles', kind, search, first],
    queryFn: async ({ signal }) => {
      const query = { search: search || undefined, first, max: PAGE_SIZE };
      if (kind === 'realm') return api.get<readonly Role[]>('/roles', { ...query, briefRepresentation: true }, signal);
      const path = `/ui-ext/available-roles/users/${encodeURIComponent(user)}`;
      const found = await api.get<readonly AvailableClientRole[]>(path, query, signal);
      return found.map(({ id, role, client, clientId }) => ({ id, name: role, client, containerId: clientId }));
    },
    placeholderData: keepPreviousData,
  });
}
