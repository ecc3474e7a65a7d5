import type { ReactNode } from 'react';
import { useListAddress } from '../../../kit/data/use-list-address.js';
import { Panel } from '../../../kit/layout/panel.js';
import { EndedSessionList } from '../../sessions/ended-session-list.js';
import { SessionFilters } from './session-filters.js';

/** Who was signed in, and why no longer. */
export function EndedSessions(): ReactNode {
  const list = useListAddress();
  return (
    <Panel>
      <SessionFilters list={list} names={['user', 'client']} />
      <EndedSessionList
        filter={{ user: list.filter('user') || undefined, client: list.filter('client') || undefined }}
        first={list.first}
        onPage={list.onPage}
      />
    </Panel>
  );
}
