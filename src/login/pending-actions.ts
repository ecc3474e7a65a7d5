import type { Realm, RequiredActionSetting } from '../realm/realm.js';
import type { UserService } from '../realm/user-service.js';
import type { User } from '../realm/user.js';

/**
 * Actions that this login adds to the user's own: those its steps asked for, a new password when the old one is too old, and the
 * confirmation of the mail address where the realm wants it.
 */
export async function scheduledActions(
  users: UserService,
  realm: Realm,
  user: User,
  fromFlow: readonly string[],
): Promise<readonly string[]> {
  const asked = (await users.isPasswordExpired(realm, user)) ? [...fromFlow, 'UPDATE_PASSWORD'] : fromFlow;
  return realm.settings.verifyEmail && !user.emailVerified ? [...asked, 'VERIFY_EMAIL'] : asked;
}

/**
 * Aliases of the required actions that stand between a passed flow and the session, in the order in which they are shown: the
 * user's and those scheduled in this login, by the priority that the realm gives them (Keycloak engine reference 2.15).
 * @param which `enabled` leaves out what the realm has disabled or does not know; `any` keeps it (a direct grant is refused for both)
 */
export function pendingActions(
  realm: Realm,
  user: User,
  scheduled: readonly string[],
  which: 'enabled' | 'any',
): readonly string[] {
  const settings = new Map<string, RequiredActionSetting>(
    realm.requiredActions.map((action) => [action.alias, action]),
  );
  const priority = (alias: string): number => settings.get(alias)?.priority ?? Number.MAX_SAFE_INTEGER;
  return [...new Set([...user.requiredActions, ...scheduled])]
    .filter((alias) => which === 'any' || settings.get(alias)?.enabled === true)
    .sort((a, b) => priority(a) - priority(b));
}
