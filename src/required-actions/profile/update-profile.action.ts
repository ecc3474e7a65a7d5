import type { RequiredAction, RequiredActionPorts } from '../required-action.js';
import { storedProfile } from './profile-form.js';
import { profilePage, submitProfile } from './submit-profile.js';

const ALIAS = 'UPDATE_PROFILE';

/** Lets the user complete or correct what the realm's profile lets people write. A changed address counts as not verified. */
export const updateProfile = (ports: RequiredActionPorts): RequiredAction => ({
  id: ALIAS,
  title: 'Update Profile',
  start: ({ realm, user }) => Promise.resolve(profilePage(realm, storedProfile(realm, user))),
  submit: (context, input) => submitProfile(ports, ALIAS, context, input),
});
