import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ButtonLink, Link } from '../../../kit/actions/link.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table } from '../../../kit/data/table.js';
import { PAGE_SIZE, useListAddress } from '../../../kit/data/use-list-address.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { SearchField } from '../../../kit/fields/search-field.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { Page } from '../../../kit/layout/page.js';
import { Panel } from '../../../kit/layout/panel.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { useText } from './messages/use-text.js';
import type { User } from './user-representation.js';

/** The people of the realm. */
export function UsersPage(): ReactNode {
  const t = useText();
  const to = useTo();
  const may = useMay();
  const api = useRealmApi();
  const realm = useRealmName();
  const list = useListAddress();
  const search = list.search || undefined;
  const users = useQuery({
    queryKey: ['users', realm, 'list', list.search, list.first],
    queryFn: ({ signal }) =>
      api.get<readonly User[]>(
        '/users',
        { search, first: list.first, max: PAGE_SIZE, briefRepresentation: true },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
  const count = useQuery({
    queryKey: ['users', realm, 'count', list.search],
    queryFn: ({ signal }) => api.get<number>('/users/count', { search }, signal),
    placeholderData: keepPreviousData,
  });
  const create = may('manage-users') && (
    <ButtonLink look="primary" icon="add" to={to('users', 'new')}>
      {t('create')}
    </ButtonLink>
  );
  return (
    <Page title={t('users')} description={t('users.about')} actions={create}>
      <Panel>
        <SearchField label={t('search')} value={list.search} onSearch={list.onSearch} />
        {users.error ? (
          <ErrorNotice error={users.error} onRetry={() => void users.refetch()} />
        ) : (
          <Table
            label={t('users')}
            columns={[
              {
                id: 'username',
                label: t('username'),
                cell: ({ id, username }) => <Link to={to('users', id)}>{username}</Link>,
              },
              { id: 'name', label: t('name'), cell: (user) => [user.firstName, user.lastName].join(' ').trim() },
              { id: 'email', label: t('email'), cell: ({ email }) => email },
              {
                id: 'state',
                label: t('state'),
                cell: ({ enabled }) => (
                  <Badge kind={enabled ? 'success' : 'warning'}>{t(enabled ? 'enabled' : 'disabled')}</Badge>
                ),
              },
              { id: 'created', label: t('created'), cell: ({ createdTimestamp: at }) => <DateTime at={at} /> },
            ]}
            rows={users.data}
            idOf={({ id }) => id}
            nameOf={({ username }) => username}
            empty={
              <EmptyState title={t(search === undefined ? 'users.empty' : 'users.nothing')} action={create}>
                {t(search === undefined ? 'users.emptyAbout' : 'users.nothingAbout')}
              </EmptyState>
            }
          />
        )}
        <Paging
          first={list.first}
          size={PAGE_SIZE}
          shown={users.data?.length ?? 0}
          total={count.data !== undefined && count.data > PAGE_SIZE ? count.data : undefined}
          onChange={list.onPage}
        />
      </Panel>
    </Page>
  );
}
