import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table } from '../../../kit/data/table.js';
import { PAGE_SIZE, useListAddress } from '../../../kit/data/use-list-address.js';
import { useListState } from '../../../kit/data/use-list-state.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { SearchField } from '../../../kit/fields/search-field.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Stack } from '../../../kit/layout/stack.js';
import { Dialog } from '../../../kit/overlays/dialog.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { useText } from './messages/use-text.js';
import { useUserApi, useUserDeed, useUserId } from './use-user.js';

interface Group {
  readonly id: string;
  readonly path: string;
  readonly subGroups?: readonly Group[];
}

/** Groups the user is a member of. */
export function GroupsTab(): ReactNode {
  const t = useText();
  const api = useUserApi();
  const may = useMay()('manage-users');
  const list = useListAddress();
  const [joining, setJoining] = useState(false);
  const groups = useQuery({
    queryKey: ['users', useRealmName(), useUserId(), 'groups', list.first],
    queryFn: ({ signal }) => api.get<readonly Group[]>('/groups', { first: list.first, max: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
  });
  const leave = useLeave();
  return (
    <Panel
      title={t('groups')}
      description={t('groups.about')}
      actions={
        may && (
          <Button icon="add" onClick={() => setJoining(true)}>
            {t('join')}
          </Button>
        )
      }
    >
      {leave.error && <ErrorNotice error={leave.error} />}
      {groups.error ? (
        <ErrorNotice error={groups.error} onRetry={() => void groups.refetch()} />
      ) : (
        <Table
          label={t('groups')}
          columns={[
            { id: 'group', label: t('group'), cell: ({ path }) => path },
            ...(may
              ? [
                  {
                    id: 'deeds',
                    label: t('leave'),
                    actions: true,
                    cell: (group: Group) => (
                      <Button
                        aria-label={t('leaveOf', { name: group.path })}
                        busy={leave.isPending && leave.variables.id === group.id}
                        onClick={() => leave.mutate(group)}
                      >
                        {t('leave')}
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
          rows={groups.data}
          idOf={({ id }) => id}
          nameOf={({ path }) => path}
          empty={<EmptyState title={t('groups.empty')} />}
        />
      )}
      <Paging first={list.first} size={PAGE_SIZE} shown={groups.data?.length ?? 0} onChange={list.onPage} />
      {joining && <JoinDialog onClose={() => setJoining(false)} />}
    </Panel>
  );
}

function useLeave(): ReturnType<typeof useUserDeed<Group>> {
  const t = useText();
  const api = useUserApi();
  return useUserDeed(({ id }: Group) => api.delete(`/groups/${id}`), t('leave.done'));
}

/** Groups of the realm by search, to join one after the other. */
function JoinDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useText();
  const user = useUserApi();
  const api = useRealmApi();
  const { search, first, onSearch, onPage } = useListState();
  const groups = useQuery({
    queryKey: ['groups', useRealmName(), 'search', search, first],
    queryFn: ({ signal }) =>
      api.get<readonly Group[]>('/groups', { search: search || undefined, first, max: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
  });
  const join = useUserDeed(({ id }: Group) => user.put(`/groups/${id}`), t('join.done'));
  const problem = groups.error ?? join.error;
  return (
    <Dialog title={t('join')} onClose={onClose}>
      <Stack>
        <SearchField label={t('groups.search')} value={search} onSearch={onSearch} />
        {problem && <ErrorNotice error={problem} />}
        <Table
          label={t('groups')}
          columns={[
            { id: 'group', label: t('group'), cell: ({ path }) => path },
            {
              id: 'deeds',
              label: t('join'),
              actions: true,
              cell: (group) => (
                <Button
                  aria-label={t('joinOf', { name: group.path })}
                  busy={join.isPending && join.variables.id === group.id}
                  onClick={() => join.mutate(group)}
                >
                  {t('add')}
                </Button>
              ),
            },
          ]}
          rows={groups.error ? [] : groups.data?.flatMap(withSubGroups)}
          idOf={({ id }) => id}
          nameOf={({ path }) => path}
          empty={<EmptyState title={t('nothing')} />}
        />
        <Paging first={first} size={PAGE_SIZE} shown={groups.data?.length ?? 0} onChange={onPage} />
      </Stack>
    </Dialog>
  );
}

const withSubGroups = (group: Group): readonly Group[] => [group, ...(group.subGroups ?? []).flatMap(withSubGroups)];
