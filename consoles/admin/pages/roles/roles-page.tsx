import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Link } from '../../../kit/actions/link.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table } from '../../../kit/data/table.js';
import { PAGE_SIZE, useListAddress } from '../../../kit/data/use-list-address.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { SearchField } from '../../../kit/fields/search-field.js';
import { Page } from '../../../kit/layout/page.js';
import { Row, Stack } from '../../../kit/layout/stack.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import { RoleDialog } from '../../role-mapping/role-dialog.js';
import { useMay } from '../../who-am-i.js';
import { useText } from './messages/use-text.js';

interface RealmRole {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly composite: boolean;
}

/** Roles of the realm, found by the server. */
export function RolesPage(): ReactNode {
  const t = useText();
  const to = useTo();
  const api = useRealmApi();
  const realm = useRealmName();
  const toast = useToast();
  const cache = useQueryClient();
  const { search, first, onSearch, onPage } = useListAddress();
  const [creating, setCreating] = useState(false);
  const roles = useQuery({
    queryKey: ['roles', realm, 'list', search, first],
    queryFn: ({ signal }) =>
      api.get<readonly RealmRole[]>('/roles', { first, max: PAGE_SIZE, ...(search !== '' && { search }) }, signal),
    placeholderData: keepPreviousData,
  });
  const create = useMay()('manage-realm') && (
    <Button look="primary" icon="add" onClick={() => setCreating(true)}>
      {t('create')}
    </Button>
  );
  return (
    <Page title={t('roles')} description={t('about')} actions={create}>
      <Stack>
        <SearchField label={t('search')} value={search} onSearch={onSearch} />
        {roles.error ? (
          <ErrorNotice error={roles.error} onRetry={() => void roles.refetch()} />
        ) : (
          <Table
            label={t('roles')}
            columns={[
              {
                id: 'name',
                label: t('name'),
                cell: ({ id, name, composite }) => (
                  <Row>
                    <Link to={to('roles', id)}>{name}</Link>
                    {composite && <Badge>{t('composite')}</Badge>}
                  </Row>
                ),
              },
              {
                id: 'description',
                label: t('description'),
                cell: ({ description = '' }) => (description.startsWith('${') ? '' : description),
              },
            ]}
            rows={roles.data}
            idOf={({ id }) => id}
            nameOf={({ name }) => name}
            empty={<EmptyState title={t('none')} />}
          />
        )}
        <Paging first={first} size={PAGE_SIZE} shown={roles.data?.length ?? 0} onChange={onPage} />
      </Stack>
      {creating && (
        <RoleDialog
          role={undefined}
          save={async (role) => {
            await api.post('/roles', role);
            await cache.invalidateQueries({ queryKey: ['roles', realm] });
            toast(t('saved'));
          }}
          onClose={() => setCreating(false)}
        />
      )}
    </Page>
  );
}
