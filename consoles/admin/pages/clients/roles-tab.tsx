import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, IconButton } from '../../../kit/actions/button.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table } from '../../../kit/data/table.js';
import { PAGE_SIZE, useListAddress } from '../../../kit/data/use-list-address.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { SearchField } from '../../../kit/fields/search-field.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Row, Stack } from '../../../kit/layout/stack.js';
import { ConfirmDialog } from '../../../kit/overlays/confirm-dialog.js';
import { RoleDialog, type EditedRole } from '../../role-mapping/role-dialog.js';
import { useMay } from '../../who-am-i.js';
import { useClientApi, useClientDeed, useClientKey } from './use-client.js';
import { useText } from './messages/use-text.js';

interface ClientRole extends EditedRole {
  readonly id: string;
  readonly composite: boolean;
}

/** Roles that mean something to this client only. */
export function RolesTab(): ReactNode {
  const t = useText();
  const api = useClientApi();
  const key = useClientKey();
  const mayManage = useMay()('manage-clients');
  const { search, first, onSearch, onPage } = useListAddress();
  const [editing, setEditing] = useState<ClientRole | 'new'>();
  const [removing, setRemoving] = useState<ClientRole>();
  const roles = useQuery({
    queryKey: [...key, 'roles', search, first],
    queryFn: ({ signal }) =>
      api.get<readonly ClientRole[]>('/roles', { first, max: PAGE_SIZE, ...(search !== '' && { search }) }, signal),
    placeholderData: keepPreviousData,
  });
  const save = useClientDeed(({ name, description }: EditedRole) => {
    const body = { name, ...(description !== undefined && { description }) };
    return editing === 'new' || !editing
      ? api.post('/roles', body)
      : api.put(`/roles/${encodeURIComponent(editing.name)}`, body);
  });
  const remove = useClientDeed(
    ({ name }: ClientRole) => api.delete(`/roles/${encodeURIComponent(name)}`),
    t('role.deleted'),
  );
  return (
    <Panel
      title={t('roles')}
      description={t('rolesAbout')}
      actions={
        mayManage && (
          <Button icon="add" onClick={() => setEditing('new')}>
            {t('role.create')}
          </Button>
        )
      }
    >
      <Stack>
        <SearchField label={t('role.search')} value={search} onSearch={onSearch} />
        {roles.error ? (
          <ErrorNotice error={roles.error} onRetry={() => void roles.refetch()} />
        ) : (
          <Table
            label={t('roles')}
            columns={[
              {
                id: 'name',
                label: t('name'),
                cell: ({ name, composite }) => (
                  <Row>
                    <span>{name}</span>
                    {composite && <Badge>{t('role.composite')}</Badge>}
                  </Row>
                ),
              },
              {
                id: 'description',
                label: t('description'),
                cell: ({ description = '' }) => (description.startsWith('${') ? '' : description),
              },
              {
                id: 'actions',
                label: t('actions'),
                actions: true,
                cell: (role) =>
                  mayManage && (
                    <Row>
                      <IconButton
                        icon="edit"
                        label={t('role.edit', { name: role.name })}
                        onClick={() => setEditing(role)}
                      />
                      <IconButton
                        icon="delete"
                        label={t('role.delete', { name: role.name })}
                        onClick={() => setRemoving(role)}
                      />
                    </Row>
                  ),
              },
            ]}
            rows={roles.data}
            idOf={({ id }) => id}
            nameOf={({ name }) => name}
            empty={
              <EmptyState title={t('role.none')}>{search === '' ? t('role.noneAbout') : t('noneFound')}</EmptyState>
            }
          />
        )}
        <Paging first={first} size={PAGE_SIZE} shown={roles.data?.length ?? 0} onChange={onPage} />
      </Stack>
      {editing && (
        <RoleDialog
          role={editing === 'new' ? undefined : editing}
          save={(role) => save.mutateAsync(role)}
          onClose={() => setEditing(undefined)}
        />
      )}
      {removing && (
        <ConfirmDialog
          danger
          title={t('role.deleteTitle', { name: removing.name })}
          action={t('delete')}
          onConfirm={() => remove.mutateAsync(removing)}
          onClose={() => setRemoving(undefined)}
        >
          <p>{t('role.deleteAbout')}</p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}
