import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import type { ApiClient } from '../../../kit/api/api-client.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Page } from '../../../kit/layout/page.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Stack } from '../../../kit/layout/stack.js';
import { ConfirmDialog } from '../../../kit/overlays/confirm-dialog.js';
import { Menu } from '../../../kit/overlays/menu.js';
import { useGoOn } from '../../../kit/shell/leave-guard.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import { RoleMapping } from '../../role-mapping/role-mapping.js';
import { useMay } from '../../who-am-i.js';
import { GroupDialog } from './group-dialog.js';
import { GroupList } from './group-list.js';
import { GroupMembers } from './group-members.js';
import type { Group } from './group-representation.js';
import { useText } from './messages/use-text.js';

/** The group and those above it, from the top. */
async function lineOf(api: ApiClient, id: string, signal: AbortSignal): Promise<readonly Group[]> {
  const group = await api.get<Group>(`/groups/${encodeURIComponent(id)}`, {}, signal);
  return [...(group.parentId === undefined ? [] : await lineOf(api, group.parentId, signal)), group];
}

/** One group: what is below it, who is in it, and the roles its members get. */
export function GroupPage(): ReactNode {
  const t = useText();
  const to = useTo();
  const api = useRealmApi();
  const { group: id = '' } = useParams();
  const line = useQuery({
    queryKey: ['groups', useRealmName(), id],
    queryFn: ({ signal }) => lineOf(api, id, signal),
  });
  const top = { label: t('groups'), to: to('groups') };
  const group = line.data?.at(-1);
  if (!line.data || !group)
    return (
      <Page title={t('group')} crumbs={[top]}>
        {line.error ? <ErrorNotice error={line.error} onRetry={() => void line.refetch()} /> : <Skeleton lines={6} />}
      </Page>
    );
  const above = line.data.slice(0, -1).map(({ id: one, name }) => ({ label: name, to: to('groups', one) }));
  return (
    <Page key={id} title={group.name} crumbs={[top, ...above]} actions={<GroupMenu group={group} />}>
      <Stack>
        <GroupMembers group={group.id} />
        <RoleMapping kind="groups" id={group.id} title={t('roles')} description={t('rolesAbout')} />
        <Panel title={t('subgroups')} description={t('subgroupsAbout')}>
          <GroupList parent={group.id} />
        </Panel>
      </Stack>
    </Page>
  );
}

function GroupMenu({ group }: { readonly group: Group }): ReactNode {
  const t = useText();
  const to = useTo();
  const goOn = useGoOn();
  const realm = useRealmName();
  const api = useRealmApi().below('groups', group.id);
  const cache = useQueryClient();
  const toast = useToast();
  const [asks, setAsks] = useState<'create' | 'rename' | 'delete'>();
  const close = (): void => setAsks(undefined);
  const after = async (): Promise<void> => {
    await cache.invalidateQueries({ queryKey: ['groups', realm] });
    toast(t('saved'));
  };
  if (!useMay()('manage-users')) return null;
  return (
    <>
      <Menu
        label={t('actions')}
        entries={[
          { label: t('createBelow'), icon: 'add', onAction: () => setAsks('create') },
          { label: t('rename'), icon: 'edit', onAction: () => setAsks('rename') },
          { label: t('delete'), icon: 'delete', danger: true, onAction: () => setAsks('delete') },
        ]}
      />
      {asks === 'create' && (
        <GroupDialog
          title={t('createBelow')}
          save={async (name) => {
            await api.post('/children', { name });
            await after();
          }}
          onClose={close}
        />
      )}
      {asks === 'rename' && (
        <GroupDialog
          title={t('rename')}
          name={group.name}
          save={async (name) => {
            await api.put('', { name });
            await after();
          }}
          onClose={close}
        />
      )}
      {asks === 'delete' && (
        <ConfirmDialog
          danger
          title={t('deleteTitle', { name: group.name })}
          action={t('delete')}
          onConfirm={async () => {
            await api.delete('');
            toast(t('deleted'));
            await goOn(group.parentId === undefined ? to('groups') : to('groups', group.parentId));
            await cache.invalidateQueries({ queryKey: ['groups', realm, 'list'] });
          }}
          onClose={close}
        >
          <p>{t('deleteAbout')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
