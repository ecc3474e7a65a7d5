import type { ReactNode } from 'react';
import { Tabs } from '../../../kit/layout/tabs.js';
import { useTo } from '../../admin-context.js';
import { useText } from './messages/use-text.js';

/** The parts of authentication. */
export function AuthenticationTabs(): ReactNode {
  const t = useText();
  const to = useTo();
  return (
    <Tabs
      label={t('authentication')}
      tabs={[
        { label: t('flows'), to: to('authentication'), end: true },
        { label: t('requiredActions'), to: to('authentication', 'required-actions') },
        { label: t('policies'), to: to('authentication', 'policies') },
      ]}
    />
  );
}
