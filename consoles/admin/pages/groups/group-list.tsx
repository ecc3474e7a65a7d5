import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from '../../../kit/actions/link.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table } from '../../../kit/data/table.js';
import { PAGE_SIZE } from '../../../kit/data/use-list-address.js';
import { useListState } from '../../../kit/data/use-list-state.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { SearchField } from '../../../kit/fields/search-field.js';
import { Muted, Stack } from '../../../kit/layout/stack.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import type { Group } from './group-representation.js';
import { useText } from './messages/use-text.js';

/** Groups at the top, or those below one; a search at the top looks everywhere. */
export function GroupList({ parent }: { readonly parent?: string }): ReactNode {
  const t = useText();
  const to = useTo();
  const api = useRealmApi();
  const realm = useRealmName();
  const { search, first, onSearch, onPage } = useListState();
  const groups = useQuery({
    queryKey: ['groups', realm, 'list', parent ?? '', search, first],
    queryFn: ({ signal }) =>
      api.get<readonly Group[]>(
        parent === undefined ? '/groups' : `/groups/${encodeURIComponent(parent)}/children`,
        {
          ...{ first, max: PAGE_SIZE, briefRepresentation: true, populateHierarchy: false },
          ...(search !== '' && { search }),
        },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack>
      <SearchField label={t('search')} value={search} onSearch={onSearch} />
      {groups.error ? (
        <ErrorNotice error={groups.error} onRetry={() => void groups.refetch()} />
      ) : (
        <Table
          label={t('groups')}
          columns={[
            { id: 'name', label: t('name'), cell: ({ id, name }) => <Link to={to('groups', id)}>{name}</Link> },
            { id: 'path', label: t('path'), cell: ({ path }) => <Muted>{path}</Muted> },
            { id: 'below', label: t('below'), align: 'end', cell: ({ subGroupCount = 0 }) => subGroupCount },
          ]}
          rows={groups.data}
          idOf={({ id }) => id}
          nameOf={({ path }) => path}
          empty={<EmptyState title={t('none')} />}
        />
      )}
      <Paging first={first} size={PAGE_SIZE} shown={groups.data?.length ?? 0} onChange={onPage} />
    </Stack>
  );
}
