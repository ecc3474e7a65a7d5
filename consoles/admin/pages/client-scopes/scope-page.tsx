import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Page } from '../../../kit/layout/page.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Stack } from '../../../kit/layout/stack.js';
import { ConfirmDialog } from '../../../kit/overlays/confirm-dialog.js';
import { useGoOn } from '../../../kit/shell/leave-guard.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import { MapperList } from '../../mappers/mapper-list.js';
import { useMay } from '../../who-am-i.js';
import { scopeBody, type ClientScope } from './client-scope.js';
import { ScopeForm } from './scope-form.js';
import { useText } from './messages/use-text.js';

/** One client scope: its settings, and the mappers it brings to clients. */
export function ScopePage(): ReactNode {
  const t = useText();
  const to = useTo();
  const { scope: id = '' } = useParams();
  const realm = useRealmName();
  const api = useRealmApi().below('client-scopes', id);
  const key = ['client-scopes', realm, id];
  const cache = useQueryClient();
  const toast = useToast();
  const goOn = useGoOn();
  const mayManage = useMay()('manage-clients');
  const [deleting, setDeleting] = useState(false);
  const scope = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<ClientScope>('', {}, signal) });
  const crumbs = [{ label: t('scopes'), to: to('client-scopes') }];
  if (!scope.data)
    return (
      <Page title={t('scope')} crumbs={crumbs}>
        {scope.error ? (
          <ErrorNotice error={scope.error} onRetry={() => void scope.refetch()} />
        ) : (
          <Skeleton lines={6} />
        )}
      </Page>
    );
  const { data } = scope;
  return (
    <Page
      title={data.name}
      crumbs={crumbs}
      actions={
        mayManage && (
          <Button look="danger" icon="delete" onClick={() => setDeleting(true)}>
            {t('delete')}
          </Button>
        )
      }
    >
      <Stack>
        <Panel title={t('settings')}>
          <ScopeForm
            mayManage={mayManage}
            scope={data}
            action={t('save')}
            save={async (values) => {
              await api.put('', scopeBody(values, data));
              await cache.invalidateQueries({ queryKey: ['client-scopes', realm] });
              toast(t('saved'));
            }}
          />
        </Panel>
        <MapperList api={api} ownerKey={key} description={t('mappersAbout')} />
      </Stack>
      {deleting && (
        <ConfirmDialog
          danger
          title={t('deleteTitle', { name: data.name })}
          action={t('delete')}
          onConfirm={async () => {
            await api.delete('');
            toast(t('deleted'));
            await goOn(to('client-scopes'));
            await cache.invalidateQueries({ queryKey: ['client-scopes', realm], exact: true });
          }}
          onClose={() => setDeleting(false)}
        >
          <p>{t('deleteAbout')}</p>
        </ConfirmDialog>
      )}
    </Page>
  );
}
