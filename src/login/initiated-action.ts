import type { Realm, RequiredActionSetting } from '../realm/realm.js';

/** What became of an action that an application asked for (`kc_action_status`). */
export type ActionStatus = 'success' | 'cancelled' | 'error';

/** Seconds for which a login counts as fresh enough for an action that an application asks for. */
const MAX_AGE = 300;

/** The realm's entry for an action that an application may ask for by `kc_action`; undefined for one that is unknown or switched off. */
export const initiableAction = ({ requiredActions }: Realm, alias: string): RequiredActionSetting | undefined =>
  requiredActions.find((action) => action.alias === alias && action.enabled);

/**
 * Seconds after which an action asks for a new proof: its `max_auth_age`, else five minutes (Keycloak engine reference 2.13).
 * Undefined for an action the realm does not offer: nothing will be changed then.
 */
export function actionMaxAge(realm: Realm, alias: string | undefined): number | undefined {
  const action = alias === undefined ? undefined : initiableAction(realm, alias);
  if (!action) return undefined;
  const own = action.config['max_auth_age'];
  return own !== undefined && /^\d{1,9}$/.test(own) ? Number(own) : MAX_AGE;
}
