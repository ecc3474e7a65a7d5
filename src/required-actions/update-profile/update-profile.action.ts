import type { ChallengeView, FormInput, Message } from '../../engine/index.js';
import type { User } from '../../realm/user.js';
import { ConflictError } from '../../shared/errors.js';
import type { ActionContext, ActionOutcome, RequiredAction, RequiredActionPorts } from '../required-action.js';

const EMAIL = /^[^\s@<>()[\],;:\\"]{1,64}@[^\s@<>()[\],;:\\"]{1,190}$/;
const LIMIT = 255;

interface Profile {
  readonly username: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
}

const view = (
  context: ActionContext,
  profile: Profile,
  problem?: { message: Message; field: string },
): ChallengeView => ({
  page: 'update-profile',
  data: { ...profile, usernameEditable: context.realm.settings.editUsernameAllowed },
  ...(problem ?? {}),
});

/** First thing wrong with a profile, in the order of the form. */
function problemOf(profile: Profile): { message: Message; field: keyof Profile } | undefined {
  for (const field of ['username', 'email', 'firstName', 'lastName'] as const) {
    if (profile[field] === '') return { message: { key: MISSING[field] }, field };
    if (profile[field].length > LIMIT)
      return { message: { key: 'valueTooLongMessage', values: { max: LIMIT } }, field };
  }
  if (profile.username.length < 3)
    return { message: { key: 'usernameTooShortMessage', values: { min: 3 } }, field: 'username' };
  return EMAIL.test(profile.email) ? undefined : { message: { key: 'invalidEmailMessage' }, field: 'email' };
}

const MISSING = {
  username: 'missingUsernameMessage',
  email: 'missingEmailMessage',
  firstName: 'missingFirstNameMessage',
  lastName: 'missingLastNameMessage',
} as const;

/** Lets the user complete or correct name and e-mail address. A changed address counts as not verified. */
export const updateProfile = (ports: RequiredActionPorts): RequiredAction => ({
  id: 'UPDATE_PROFILE',
  title: 'Update Profile',
  start(context: ActionContext): Promise<ChallengeView> {
    const { username, email = '', firstName = '', lastName = '' } = context.user;
    return Promise.resolve(view(context, { username, email, firstName, lastName }));
  },

  async submit(context: ActionContext, input: FormInput): Promise<ActionOutcome> {
    const { realm, user } = context;
    const typed = (name: keyof Profile): string => (input[name] ?? '').trim();
    const profile: Profile = {
      username: realm.settings.editUsernameAllowed ? typed('username').toLowerCase() : user.username,
      email: typed('email').toLowerCase(),
      firstName: typed('firstName'),
      lastName: typed('lastName'),
    };
    const problem = problemOf(profile);
    if (problem) return { kind: 'challenge', view: view(context, profile, problem) };
    try {
      await ports.unitOfWork.run(async () => {
        const current = (await ports.users.byId(realm.id, user.id)) ?? user;
        const next: User = {
          ...current,
          ...profile,
          emailVerified: current.emailVerified && current.email === profile.email,
          requiredActions: current.requiredActions.filter((action) => action !== 'UPDATE_PROFILE'),
        };
        await ports.users.update(next, !realm.settings.duplicateEmailsAllowed);
      });
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const field = error.code === 'email_exists' ? 'email' : 'username';
      const key = field === 'email' ? 'emailExistsMessage' : 'usernameExistsMessage';
      return { kind: 'challenge', view: view(context, profile, { message: { key }, field }) };
    }
    return { kind: 'done', event: 'UPDATE_PROFILE' };
  },
});
