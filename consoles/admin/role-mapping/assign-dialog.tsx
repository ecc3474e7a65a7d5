import { keepPreviousData, useMutation, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../kit/actions/button.js';
import { Paging } from '../../kit/data/paging.js';
import { Table } from '../../kit/data/table.js';
import { useListState } from '../../kit/data/use-list-state.js';
import { EmptyState } from '../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../kit/feedback/error-state.js';
import { SearchField } from '../../kit/fields/search-field.js';
import { Select } from '../../kit/fields/select.js';
import { Stack } from '../../kit/layout/stack.js';
import { Dialog } from '../../kit/overlays/dialog.js';
import { useRealmApi, useRealmName } from '../admin-context.js';
import { useText } from './messages/use-text.js';
import { RoleName } from './role-name.js';
import type { Role } from './role.js';

/** Rows of a dialog. */
const SHOWN = 8;

interface AssignDialogProps {
  readonly taker: { readonly kind: 'users' | 'groups' | 'roles'; readonly id: string };
  /** Ids of the roles that are given already. */
  readonly has: ReadonlySet<string>;
  readonly nameOf: (role: Role) => string;
  readonly give: (role: Role) => Promise<unknown>;
  readonly onClose: () => void;
}

type Owner = 'realm' | 'clients';

/** Roles of the realm or of its clients, by search, to give one after the other. */
export function AssignDialog({ taker, has, nameOf, give, onClose }: AssignDialogProps): ReactNode {
  const t = useText();
  const [owner, setOwner] = useState<Owner>('realm');
  const { search, first, onSearch, onPage } = useListState();
  const roles = useRoles(taker, owner, search, first);
  const giving = useMutation({ mutationFn: give });
  const problem = roles.error ?? giving.error;
  return (
    <Dialog wide title={t('assign')} onClose={onClose} actions={<Button onClick={onClose}>{t('done')}</Button>}>
      <Stack>
        <Select
          label={t('owner')}
          value={owner}
          choices={[
            { value: 'realm', label: t('ofRealm') },
            { value: 'clients', label: t('ofClients') },
          ]}
          onChange={({ currentTarget }) => {
            setOwner(currentTarget.value === 'clients' ? 'clients' : 'realm');
            onPage(0);
          }}
        />
        <SearchField label={t('search')} value={search} onSearch={onSearch} />
        {problem && <ErrorNotice error={problem} />}
        <Table
          label={t('available')}
          columns={[
            { id: 'name', label: t('role'), cell: RoleName },
            {
              id: 'actions',
              label: t('actions'),
              actions: true,
              cell: (role) => {
                const given = has.has(role.id) || role.id === taker.id;
                return (
                  <Button
                    aria-label={t('give', { name: nameOf(role) })}
                    disabled={given}
                    busy={giving.isPending && giving.variables.id === role.id}
                    onClick={() => giving.mutate(role)}
                  >
                    {given ? t('given') : t('giveIt')}
                  </Button>
                );
              },
            },
          ]}
          rows={roles.data}
          idOf={({ id }) => id}
          nameOf={nameOf}
          empty={<EmptyState title={t('noneFound')} />}
        />
        <Paging first={first} size={SHOWN} shown={roles.data?.length ?? 0} onChange={onPage} />
      </Stack>
    </Dialog>
  );
}

/** A client's role as `ui-ext/available-roles` answers it; its `clientId` is the internal id. */
interface AvailableRole {
  readonly id: string;
  readonly role: string;
  readonly client: string;
  readonly clientId: string;
}

function useRoles(
  { kind, id }: AssignDialogProps['taker'],
  owner: Owner,
  search: string,
  first: number,
): UseQueryResult<readonly Role[]> {
  const api = useRealmApi();
  const realm = useRealmName();
  const query = { first, max: SHOWN, ...(search !== '' && { search }) };
  return useQuery({
    queryKey: ['roles', realm, 'available', kind, id, owner, query],
    queryFn: async ({ signal }) => {
      if (owner === 'realm') return api.get<readonly Role[]>('/roles', query, signal);
      const path = `/ui-ext/available-roles/${kind}/${encodeURIComponent(id)}`;
      const found = await api.get<readonly AvailableRole[]>(path, query, signal);
      return found.map(({ id: roleId, role, client, clientId }) => ({
        ...{ id: roleId, name: role, client, containerId: clientId },
      }));
    },
    placeholderData: keepPreviousData,
  });
}
