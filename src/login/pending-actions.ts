import type { Realm, RequiredActionSetting } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import type { RequiredActions } from '../required-actions/index.js';

/** Actions that this login adds to the user's own: those its steps asked for and those that the state of the account asks for. */
export async function scheduledActions(
  actions: RequiredActions,
  realm: Realm,
  user: User,
  fromFlow: readonly string[],
): Promise<readonly string[]> {
  return [...fromFlow, ...(await actions.triggered(realm, user))];
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
