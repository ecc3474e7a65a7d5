import { UserProfile } from '../../realm/user-profile/user-profile.js';
import type { RequiredAction, RequiredActionPorts } from '../required-action.js';
import { problemOf, storedProfile } from './profile-form.js';
import { profilePage, submitProfile } from './submit-profile.js';

const ALIAS = 'VERIFY_PROFILE';

/**
 * Lets nobody in whose profile has gaps or values that the realm does not take (any more), and asks for them. Only what people may
 * write themselves counts (Keycloak's "Verify Profile"; the form is that of UPDATE_PROFILE).
 */
export const verifyProfile = (ports: RequiredActionPorts): RequiredAction => ({
  id: ALIAS,
  title: 'Verify Profile',
  isTriggered: (realm, user) => problemOf(realm, storedProfile(realm, user)) !== undefined,
  enter({ realm, user }) {
    const profile = storedProfile(realm, user);
    const fields = UserProfile.of(realm)
      .check(profile, 'user', (name) => name in profile)
      .map(({ field }) => field);
    return { event: ALIAS, details: { fields_to_update: [...new Set(fields)].join(',') } };
  },
  start({ realm, user }) {
    const profile = storedProfile(realm, user);
    return Promise.resolve(profilePage(realm, profile, problemOf(realm, profile)));
  },
  submit: (context, input) => submitProfile(ports, ALIAS, context, input),
});
