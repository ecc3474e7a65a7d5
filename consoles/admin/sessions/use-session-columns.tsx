import { Link } from '../../kit/actions/link.js';
import type { Column } from '../../kit/data/table.js';
import { DateTime } from '../../kit/format/date-time.js';
import { useTo } from '../admin-context.js';
import { useMay } from '../who-am-i.js';
import { useText } from './messages/use-text.js';
import { ClientsCell } from './session-cells.js';
import type { Session } from './session-representation.js';

/** Columns that lists of sessions have in common. Users are links for those who may see them. */
export function useSessionColumns(): Readonly<
  Record<'user' | 'address' | 'clients' | 'started' | 'lastUsed', Column<Session>>
> {
  const t = useText();
  const to = useTo();
  const maySee = useMay()('view-users');
  return {
    user: {
      id: 'user',
      label: t('user'),
      cell: ({ userId, username }) =>
        maySee ? <Link to={to('users', userId, 'sessions')}>{username}</Link> : username,
    },
    address: { id: 'address', label: t('address'), cell: ({ ipAddress }) => ipAddress },
    clients: { id: 'clients', label: t('clients'), roomy: true, cell: (session) => <ClientsCell session={session} /> },
    started: { id: 'started', label: t('started'), cell: ({ start }) => <DateTime at={start} /> },
    lastUsed: { id: 'lastUsed', label: t('lastUsed'), cell: ({ lastAccess }) => <DateTime at={lastAccess} relative /> },
  };
}
