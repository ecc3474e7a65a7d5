import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, IconButton } from '../../../kit/actions/button.js';
import { Link } from '../../../kit/actions/link.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table } from '../../../kit/data/table.js';
import { PAGE_SIZE } from '../../../kit/data/use-list-address.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { SearchField } from '../../../kit/fields/search-field.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Stack } from '../../../kit/layout/stack.js';
import { Dialog } from '../../../kit/overlays/dialog.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { useText } from './messages/use-text.js';

interface Member {
  readonly id: string;
  readonly username: string;
  readonly email?: string;
}

/** Rows of the dialog. */
const SHOWN = 8;

/** Who is in a group, a page at a time. */
export function GroupMembers({ group }: { readonly group: string }): ReactNode {
  const t = useText();
  const to = useTo();
  const api = useRealmApi();
  const key = ['groups', useRealmName(), group, 'members'];
  const cache = useQueryClient();
  const mayManage = useMay()('manage-users');
  const [first, setFirst] = useState(0);
  const [adding, setAdding] = useState(false);
  const members = useQuery({
    queryKey: [...key, first],
    queryFn: ({ signal }) =>
      api.get<readonly Member[]>(
        `/groups/${encodeURIComponent(group)}/members`,
        { first, max: PAGE_SIZE, briefRepresentation: true },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
  const pathOf = (user: string): string => `/users/${encodeURIComponent(user)}/groups/${encodeURIComponent(group)}`;
  const after = { onSuccess: () => cache.invalidateQueries({ queryKey: key }) };
  const add = useMutation({ mutationFn: (user: string) => api.put(pathOf(user)), ...after });
  const remove = useMutation({ mutationFn: (user: string) => api.delete(pathOf(user)), ...after });
  return (
    <Panel
      title={t('members')}
      description={t('membersAbout')}
      actions={
        mayManage && (
          <Button icon="add" onClick={() => setAdding(true)}>
            {t('addMember')}
          </Button>
        )
      }
    >
      <Stack>
        {remove.error && <ErrorNotice error={remove.error} />}
        {members.error ? (
          <ErrorNotice error={members.error} onRetry={() => void members.refetch()} />
        ) : (
          <Table
            label={t('members')}
            columns={[
              {
                id: 'username',
                label: t('username'),
                cell: ({ id, username }) => <Link to={to('users', id)}>{username}</Link>,
              },
              { id: 'email', label: t('email'), cell: ({ email = '' }) => email },
              {
                id: 'actions',
                label: t('actions'),
                actions: true,
                cell: ({ id, username }) =>
                  mayManage && (
                    <IconButton
                      icon="close"
                      label={t('removeMember', { name: username })}
                      onClick={() => remove.mutate(id)}
                    />
                  ),
              },
            ]}
            rows={members.data}
            idOf={({ id }) => id}
            nameOf={({ username }) => username}
            empty={<EmptyState title={t('membersNone')} />}
          />
        )}
        <Paging first={first} size={PAGE_SIZE} shown={members.data?.length ?? 0} onChange={setFirst} />
      </Stack>
      {adding && (
        <AddMember
          error={add.error}
          add={(user) => add.mutate(user)}
          has={new Set((members.data ?? []).map(({ id }) => id))}
          onClose={() => setAdding(false)}
        />
      )}
    </Panel>
  );
}

interface AddMemberProps {
  readonly error: Error | null;
  /** Ids of the members in sight. */
  readonly has: ReadonlySet<string>;
  readonly add: (user: string) => void;
  readonly onClose: () => void;
}

function AddMember({ error, has, add, onClose }: AddMemberProps): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const [search, setSearch] = useState('');
  const users = useQuery({
    queryKey: ['users', realm, 'to-add', search],
    queryFn: ({ signal }) =>
      api.get<readonly Member[]>(
        '/users',
        { first: 0, max: SHOWN, briefRepresentation: true, ...(search !== '' && { search }) },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
  const problem = error ?? users.error;
  return (
    <Dialog wide title={t('addMember')} onClose={onClose} actions={<Button onClick={onClose}>{t('done')}</Button>}>
      <Stack>
        <SearchField label={t('searchUsers')} value={search} onSearch={setSearch} />
        {problem && <ErrorNotice error={problem} />}
        <Table
          label={t('users')}
          columns={[
            { id: 'username', label: t('username'), cell: ({ username }) => username },
            { id: 'email', label: t('email'), cell: ({ email = '' }) => email },
            {
              id: 'actions',
              label: t('actions'),
              actions: true,
              cell: ({ id, username }) => (
                <Button aria-label={t('addNamed', { name: username })} disabled={has.has(id)} onClick={() => add(id)}>
                  {has.has(id) ? t('added') : t('add')}
                </Button>
              ),
            },
          ]}
          rows={users.data}
          idOf={({ id }) => id}
          nameOf={({ username }) => username}
          empty={<EmptyState title={t('usersNone')} />}
        />
      </Stack>
    </Dialog>
  );
}
