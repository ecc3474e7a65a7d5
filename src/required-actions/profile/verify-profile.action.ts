import type { Realm } from '../../realm/realm.js';
import type { User } from '../../realm/user.js';
import type { RequiredAction, RequiredActionPorts } from '../required-action.js';
import { problemOf, storedProfile } from './profile-form.js';
import { profilePage, submitProfile } from './submit-profile.js';

const ALIAS = 'VERIFY_PROFILE';

/**
 * Lets nobody in whose profile has gaps or values that the realm does not take (any more), and asks for them. Only what people may
 * write themselves counts (Keycloak's "Verify Profile"; the form is that of UPDATE_PROFILE).
 */
export const verifyProfile = (ports: RequiredActionPorts): RequiredAction => {
  const problem = (realm: Realm, user: User): ReturnType<typeof problemOf> =>
    problemOf(realm, storedProfile(realm, user));
  return {
    id: ALIAS,
    title: 'Verify Profile',
    isTriggered: (realm, user) => problem(realm, user) !== undefined,
    start: ({ realm, user }) => Promise.resolve(profilePage(realm, storedProfile(realm, user), problem(realm, user))),
    submit: (context, input) => submitProfile(ports, ALIAS, context, input),
  };
};
