import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Outlet } from 'react-router';
import { Badge } from '../../../kit/feedback/badge.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Page } from '../../../kit/layout/page.js';
import { Tabs } from '../../../kit/layout/tabs.js';
import { ConfirmDialog } from '../../../kit/overlays/confirm-dialog.js';
import { Menu } from '../../../kit/overlays/menu.js';
import { useGoOn } from '../../../kit/shell/leave-guard.js';
import { useRealmName, useTo } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { LockNotice } from './lock-notice.js';
import { useText } from './messages/use-text.js';
import { useUser, useUserApi, useUserId } from './use-user.js';
import type { User } from './user-representation.js';

/** One user, with its parts. */
export function UserPage(): ReactNode {
  const t = useText();
  const to = useTo();
  const may = useMay();
  const user = useUser();
  const id = useUserId();
  const [asking, setAsking] = useState<'delete' | 'signOut'>();
  const crumbs = [{ label: t('users'), to: to('users') }];
  if (!user.data)
    return (
      <Page title={t('user')} crumbs={crumbs}>
        {user.error ? <ErrorNotice error={user.error} onRetry={() => void user.refetch()} /> : <Skeleton />}
      </Page>
    );
  const { username, enabled } = user.data;
  const at = (...part: readonly string[]): string => to('users', id, ...part);
  return (
    <Page
      title={username}
      crumbs={crumbs}
      badge={!enabled && <Badge kind="warning">{t('disabled')}</Badge>}
      actions={
        may('manage-users') && (
          <Menu
            label={t('actions')}
            entries={[
              { label: t('signOutAll'), onAction: () => setAsking('signOut') },
              { label: t('delete'), icon: 'delete', danger: true, onAction: () => setAsking('delete') },
            ]}
          />
        )
      }
    >
      <Tabs
        label={t('parts', { name: username })}
        tabs={[
          { label: t('details'), to: '.' },
          { label: t('credentials'), to: at('credentials') },
          { label: t('roles'), to: at('roles') },
          { label: t('groups'), to: at('groups') },
          { label: t('consents'), to: at('consents') },
          { label: t('sessions'), to: at('sessions') },
        ]}
      />
      <LockNotice user={user.data} />
      <Outlet />
      {asking === 'signOut' && <SignOutAll user={user.data} onClose={() => setAsking(undefined)} />}
      {asking === 'delete' && <DeleteUser user={user.data} onClose={() => setAsking(undefined)} />}
    </Page>
  );
}

interface DeedProps {
  readonly user: User;
  readonly onClose: () => void;
}

function SignOutAll({ user, onClose }: DeedProps): ReactNode {
  const t = useText();
  const api = useUserApi();
  const realm = useRealmName();
  const toast = useToast();
  const queries = useQueryClient();
  return (
    <ConfirmDialog
      danger
      title={t('signOutAll.title', { name: user.username })}
      action={t('signOutAll')}
      onConfirm={async () => {
        await api.post('/logout');
        toast(t('signOutAll.done', { name: user.username }));
        await queries.invalidateQueries({ queryKey: ['sessions', realm] });
      }}
      onClose={onClose}
    >
      <p>{t('signOutAll.about')}</p>
    </ConfirmDialog>
  );
}

function DeleteUser({ user, onClose }: DeedProps): ReactNode {
  const t = useText();
  const to = useTo();
  const api = useUserApi();
  const realm = useRealmName();
  const toast = useToast();
  const goOn = useGoOn();
  const queries = useQueryClient();
  return (
    <ConfirmDialog
      danger
      title={t('delete.title', { name: user.username })}
      action={t('delete')}
      onConfirm={async () => {
        await api.delete('');
        toast(t('delete.done', { name: user.username }));
        // Lists only: the user itself is not there to be read again.
        await Promise.all(
          ['list', 'count', 'brief'].map((kind) => queries.invalidateQueries({ queryKey: ['users', realm, kind] })),
        );
        await goOn(to('users'));
      }}
      onClose={onClose}
    >
      <p>{t('delete.about')}</p>
    </ConfirmDialog>
  );
}
