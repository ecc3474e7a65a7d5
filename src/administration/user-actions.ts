import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import type { UserBody } from '../representations/user-body.js';

const UPDATE_PASSWORD = 'UPDATE_PASSWORD';

/** Actions that the body names, those every new user of the realm has, and the change of a temporary password. */
export function actionsOfNewUser(realm: Realm, body: UserBody): readonly string[] {
  const defaults = realm.requiredActions
    .filter(({ enabled, defaultAction }) => enabled && defaultAction)
    .map(({ alias }) => alias);
  const temporary = (body.credentials ?? []).some((credential) => credential.temporary && credential.value);
  return [...new Set([...defaults, ...known(realm, body), ...(temporary ? [UPDATE_PASSWORD] : [])])];
}

/** The user's actions after a `PUT`: those the body names in place of the realm's others. Names nobody knows change nothing. */
export function changedActions(realm: Realm, user: User, body: UserBody): readonly string[] {
  if (body.requiredActions === undefined) return user.requiredActions;
  const names = namesIn(realm);
  return [...new Set([...user.requiredActions.filter((action) => !names.has(action)), ...known(realm, body)])];
}

function known(realm: Realm, { requiredActions = [] }: UserBody): readonly string[] {
  const names = namesIn(realm);
  return requiredActions.filter((action) => names.has(action));
}

const namesIn = (realm: Realm): ReadonlySet<string> =>
  new Set(realm.requiredActions.flatMap(({ alias, providerId }) => [alias, providerId]));
