import type { PathParams } from './admin.guard.js';
import type { AdminRight } from './admin-rights.js';

/** Roles of a client are looked at by who may view clients, those of the realm by who may view the realm. */
export const toViewRoles = ({ client }: PathParams): AdminRight => (client === undefined ? 'viewRealm' : 'viewClients');

/** Likewise to change them. */
export const toManageRoles = ({ client }: PathParams): AdminRight =>
  client === undefined ? 'manageRealm' : 'manageClients';
