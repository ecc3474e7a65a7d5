import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Outlet } from 'react-router';
import { Badge } from '../../../kit/feedback/badge.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Page } from '../../../kit/layout/page.js';
import { Stack } from '../../../kit/layout/stack.js';
import { Tabs } from '../../../kit/layout/tabs.js';
import { ConfirmDialog } from '../../../kit/overlays/confirm-dialog.js';
import { Menu } from '../../../kit/overlays/menu.js';
import { useGoOn } from '../../../kit/shell/leave-guard.js';
import { useRealmName, useTo } from '../../admin-context.js';
import { saveFile } from '../../save-file.js';
import { useMay } from '../../who-am-i.js';
import type { Client } from './client-representation.js';
import { useClientApi, useClientQuery, useSaveClient } from './use-client.js';
import { useText } from './messages/use-text.js';

/** One client: what can be done with it, and its parts. */
export function ClientPage(): ReactNode {
  const t = useText();
  const to = useTo();
  const client = useClientQuery();
  const crumbs = [{ label: t('clients'), to: to('clients') }];
  if (!client.data)
    return (
      <Page title={t('client')} crumbs={crumbs}>
        {client.error ? (
          <ErrorNotice error={client.error} onRetry={() => void client.refetch()} />
        ) : (
          <Skeleton lines={8} />
        )}
      </Page>
    );
  const { clientId, enabled, publicClient, bearerOnly, serviceAccountsEnabled } = client.data;
  return (
    <Page
      title={clientId}
      crumbs={crumbs}
      badge={<Badge kind={enabled ? 'success' : 'warning'}>{enabled ? t('enabled') : t('disabled')}</Badge>}
      actions={<ClientMenu client={client.data} />}
    >
      <Stack>
        <Tabs
          label={t('parts')}
          tabs={[
            { label: t('settings'), to: 'settings' },
            ...(publicClient || bearerOnly ? [] : [{ label: t('credentials'), to: 'credentials' }]),
            { label: t('roles'), to: 'roles' },
            { label: t('scopes'), to: 'scopes' },
            { label: t('mappers'), to: 'mappers' },
            ...(serviceAccountsEnabled ? [{ label: t('serviceAccountTab'), to: 'service-account' }] : []),
            { label: t('sessions'), to: 'sessions' },
            { label: t('offline'), to: 'offline' },
            { label: t('advanced'), to: 'advanced' },
          ]}
        />
        <Outlet context={client.data} />
      </Stack>
    </Page>
  );
}

function ClientMenu({ client }: { readonly client: Client }): ReactNode {
  const t = useText();
  const to = useTo();
  const may = useMay();
  const goOn = useGoOn();
  const api = useClientApi();
  const save = useSaveClient();
  const toast = useToast();
  const cache = useQueryClient();
  const realm = useRealmName();
  const [asks, setAsks] = useState<'delete' | 'disable'>();
  const { clientId, enabled } = client;
  const mayManage = may('manage-clients');
  const download = async (): Promise<void> => {
    saveFile(`${clientId}.json`, 'application/json', `${JSON.stringify(await api.get(''), undefined, 2)}\n`);
  };
  return (
    <>
      <Menu
        label={t('actions')}
        entries={[
          { label: t('export'), icon: 'export', onAction: () => void download() },
          ...(mayManage
            ? [
                enabled
                  ? { label: t('disable'), onAction: () => setAsks('disable') }
                  : { label: t('enable'), onAction: () => save.mutate({ enabled: true }) },
                { label: t('delete'), icon: 'delete' as const, danger: true, onAction: () => setAsks('delete') },
              ]
            : []),
        ]}
      />
      {asks === 'disable' && (
        <ConfirmDialog
          danger
          title={t('disableTitle', { name: clientId })}
          action={t('disable')}
          onConfirm={() => save.mutateAsync({ enabled: false })}
          onClose={() => setAsks(undefined)}
        >
          <p>{t('disableAbout')}</p>
        </ConfirmDialog>
      )}
      {asks === 'delete' && (
        <ConfirmDialog
          danger
          title={t('deleteTitle', { name: clientId })}
          action={t('delete')}
          onConfirm={async () => {
            await api.delete('');
            toast(t('deleted'));
            await goOn(to('clients'));
            await cache.invalidateQueries({ queryKey: ['clients', realm, 'list'] });
          }}
          onClose={() => setAsks(undefined)}
        >
          <p>{t('deleteAbout')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
