import type { ReactNode } from 'react';
import { Outlet } from 'react-router';
import { ButtonLink } from '../../../kit/actions/link.js';
import { Page } from '../../../kit/layout/page.js';
import { Tabs } from '../../../kit/layout/tabs.js';
import { useTo } from '../../admin-context.js';
import { useText } from './messages/use-text.js';

/** What happened in the realm: to people, and by administrators. */
export function EventsPage(): ReactNode {
  const t = useText();
  const to = useTo();
  return (
    <Page
      title={t('events')}
      description={t('events.about')}
      actions={<ButtonLink to={to('realm-settings', 'events')}>{t('settings')}</ButtonLink>}
    >
      <Tabs
        label={t('events')}
        tabs={[
          { label: t('users'), to: '.' },
          { label: t('admin'), to: 'admin' },
        ]}
      />
      <Outlet />
    </Page>
  );
}
