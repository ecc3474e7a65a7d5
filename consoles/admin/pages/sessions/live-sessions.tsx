import type { ReactNode } from 'react';
import { useListAddress } from '../../../kit/data/use-list-address.js';
import { Panel } from '../../../kit/layout/panel.js';
import { SessionList } from '../../sessions/session-list.js';
import { SessionFilters } from './session-filters.js';

/** Who is signed in now, the newest first. */
export function LiveSessions(): ReactNode {
  const list = useListAddress();
  const text = (name: string): string | undefined => list.filter(name) || undefined;
  return (
    <Panel>
      <SessionFilters list={list} names={['user', 'client', 'ipAddress', 'from', 'to', 'kind']} />
      <SessionList
        filter={{
          user: text('user'),
          client: text('client'),
          ipAddress: text('ipAddress'),
          from: instantOf(list.filter('from')),
          to: instantOf(list.filter('to')),
          offline: list.filter('kind') === 'offline',
        }}
        first={list.first}
        onPage={list.onPage}
      />
    </Panel>
  );
}

/** Milliseconds of a local date and time as the browser's field gives it; undefined while there is none. */
function instantOf(local: string): number | undefined {
  const at = Date.parse(local);
  return Number.isNaN(at) ? undefined : at;
}
