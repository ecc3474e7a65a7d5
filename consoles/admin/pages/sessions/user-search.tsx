import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from '../../../kit/actions/link.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table } from '../../../kit/data/table.js';
import { PAGE_SIZE, useListAddress } from '../../../kit/data/use-list-address.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { SearchField } from '../../../kit/fields/search-field.js';
import { Panel } from '../../../kit/layout/panel.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import { useText } from './messages/use-text.js';

interface FoundUser {
  readonly id: string;
  readonly username: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
}

/** Monitors the login sessions of users: who has how many, and the way to them. */
export function UserSearch(): ReactNode {
  const t = useText();
  const to = useTo();
  const api = useRealmApi();
  const realm = useRealmName();
  const list = useListAddress();
  const users = useQuery({
    queryKey: ['users', realm, 'brief', list.search, list.first],
    queryFn: ({ signal }) =>
      api.get<readonly FoundUser[]>(
        '/users',
        { search: list.search || undefined, first: list.first, max: PAGE_SIZE, briefRepresentation: true },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <Panel title={t('byUser')} description={t('byUser.about')}>
      <SearchField label={t('byUser.search')} value={list.search} onSearch={list.onSearch} />
      {users.error ? (
        <ErrorNotice error={users.error} onRetry={() => void users.refetch()} />
      ) : (
        <Table
          label={t('byUser')}
          columns={[
            {
              id: 'user',
              label: t('user'),
              cell: ({ id, username }) => <Link to={to('users', id, 'sessions')}>{username}</Link>,
            },
            { id: 'name', label: t('name'), cell: (user) => [user.firstName, user.lastName].join(' ').trim() },
            { id: 'email', label: t('email'), cell: ({ email }) => email },
            { id: 'count', label: t('live'), align: 'end', cell: ({ id }) => <SessionCount user={id} /> },
          ]}
          rows={users.data}
          idOf={({ id }) => id}
          nameOf={({ username }) => username}
          empty={<EmptyState title={t('byUser.empty')}>{t('byUser.emptyAbout')}</EmptyState>}
        />
      )}
      <Paging first={list.first} size={PAGE_SIZE} shown={users.data?.length ?? 0} onChange={list.onPage} />
    </Panel>
  );
}

/** How many sessions a user has at this moment. */
function SessionCount({ user }: { readonly user: string }): ReactNode {
  const api = useRealmApi();
  const realm = useRealmName();
  const { data } = useQuery({
    queryKey: ['sessions', realm, 'count', { user }],
    queryFn: ({ signal }) => api.get<{ readonly count: number }>('/sessions/count', { user }, signal),
  });
  return data?.count ?? '…';
}
