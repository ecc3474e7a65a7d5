import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Outlet } from 'react-router';
import { Button } from '../../../kit/actions/button.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Page } from '../../../kit/layout/page.js';
import { Tabs } from '../../../kit/layout/tabs.js';
import { ConfirmDialog } from '../../../kit/overlays/confirm-dialog.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { useText } from './messages/use-text.js';

/** Sessions of the realm, whosever they are. */
export function SessionsPage(): ReactNode {
  const t = useText();
  const may = useMay();
  const [asking, setAsking] = useState(false);
  return (
    <Page
      title={t('sessions')}
      description={t('sessions.about')}
      actions={
        may('manage-users') && (
          <Button look="danger" onClick={() => setAsking(true)}>
            {t('endAll')}
          </Button>
        )
      }
    >
      <Tabs
        label={t('sessions')}
        tabs={[
          { label: t('live'), to: '.' },
          { label: t('byUser'), to: 'users' },
          { label: t('byClient'), to: 'clients' },
          { label: t('ended'), to: 'ended' },
          { label: t('revocation'), to: 'revocation' },
        ]}
      />
      <Outlet />
      {asking && <EndAll onClose={() => setAsking(false)} />}
    </Page>
  );
}

function EndAll({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const toast = useToast();
  const queries = useQueryClient();
  return (
    <ConfirmDialog
      danger
      title={t('endAll.title', { realm })}
      action={t('endAll')}
      onConfirm={async () => {
        await api.post('/logout-all');
        toast(t('endAll.done'));
        await Promise.all(['sessions', 'realm'].map((noun) => queries.invalidateQueries({ queryKey: [noun, realm] })));
      }}
      onClose={onClose}
    >
      <p>{t('endAll.about')}</p>
    </ConfirmDialog>
  );
}
