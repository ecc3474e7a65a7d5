import { namesRoleOrGroup } from '../../realm/memberships.js';
import type { GroupLimit } from '../../sessions/session-limit-policy.js';
import { listOf } from '../config-field.js';

/** `<who>=<limit of the realm>[,<limit of the client>]`; a limit that is left out is as for everybody. */
const ENTRY = /^(?<who>.+)=\s*(?<realm>\d{1,9})?\s*(?:,\s*(?<client>\d{1,9})\s*)?$/;

/**
 * Limits of roles and groups, in order: `group:/staff/night=5##role:auditor=1,1##role:app.robot=,20` (`##` stands between the values of a
 * setting, as in Keycloak's own).
 * @returns the first entry that cannot be read, where there is one
 */
export function readGroupLimits(text: string | undefined): readonly GroupLimit[] | { readonly unreadable: string } {
  const limits: GroupLimit[] = [];
  for (const entry of listOf(text)) {
    const { who = '', realm, client } = ENTRY.exec(entry)?.groups ?? {};
    const name = who.trim();
    if (!namesRoleOrGroup(name) || (realm === undefined && client === undefined)) return { unreadable: entry };
    limits.push({
      who: name,
      ...(realm !== undefined && { realmMax: Number(realm) }),
      ...(client !== undefined && { clientMax: Number(client) }),
    });
  }
  return limits;
}
