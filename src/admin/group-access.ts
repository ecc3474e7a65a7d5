import type { GroupAccess } from '../administration/group-administration.js';
import type { Realm } from '../realm/realm.js';
import type { AdminCaller } from './admin-caller.js';

/** What the caller may do with groups of the realm. */
export function groupAccess(caller: AdminCaller, { name }: Realm): GroupAccess {
  const [view, manage] = [caller.may('viewUsers', name), caller.may('manageUsers', name)];
  return { view, viewMembers: view, manageMembers: manage, manage, manageMembership: manage };
}
