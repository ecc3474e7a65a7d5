import type { ReactNode } from 'react';
import { Outlet } from 'react-router';
import { Page } from '../../../kit/layout/page.js';
import { Tabs } from '../../../kit/layout/tabs.js';
import { useRealmName, useTo } from '../../admin-context.js';
import { useText } from './messages/use-text.js';

const TABS = [
  'general',
  'login',
  'sessions',
  'tokens',
  'keys',
  'localization',
  'events',
  'email',
  'bruteForce',
] as const;

/** What holds for a whole realm, in parts. */
export function RealmSettingsPage(): ReactNode {
  const t = useText();
  const to = useTo();
  const realm = useRealmName();
  return (
    <Page title={t('realmSettings')} description={t('realmSettings.about', { realm })}>
      <Tabs
        label={t('realmSettings')}
        tabs={TABS.map((tab) => ({ label: t(`tab.${tab}`), to: to('realm-settings', tab) }))}
      />
      <Outlet />
    </Page>
  );
}
