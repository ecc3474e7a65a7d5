import type { PathParams } from './admin.guard.js';
import type { AdminRight } from './admin-rights.js';

/** Roles of a client are looked at by who may view clients, those of the realm by who may view the realm. */
export const toViewRoles = ({ client }: PathParams): AdminRight => (client === undefined ? 'viewRealm' : 'viewClients');

/** Likewise to change them. */
export const toManageRoles = ({ client }: PathParams): AdminRight =>
  client === undefined ? 'manageRealm' : 'manageClients';

/** Words for docs/permissions.md: what routes ask for beyond their right, once they know which role, user or group it is about. */
export const ALSO = {
  container: 'for the role itself: the right to view, or to change, roles of the realm or of the client it belongs to',
  owner: 'the right to change the roles of the realm, or of the client that owns them',
  granted: 'every admin role that is handed out or brought along, or a stronger one',
  ofUser: 'every admin role that the user has, or a stronger one',
} as const;
