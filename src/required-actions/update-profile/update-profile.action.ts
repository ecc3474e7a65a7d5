import type { ChallengeView, FormInput, Message } from '../../engine/index.js';
import { ConflictError } from '../../shared/errors.js';
import type { ActionContext, ActionOutcome, RequiredAction, RequiredActionPorts } from '../required-action.js';
import { formData, problemOf, storedProfile, typedProfile, withProfile, type TypedProfile } from './profile-form.js';

const view = (
  { realm }: ActionContext,
  profile: TypedProfile,
  problem?: { message: Message; field: string },
): ChallengeView => ({ page: 'update-profile', data: formData(realm, profile), ...(problem ?? {}) });

/** Lets the user complete or correct what the realm's profile lets people write. A changed address counts as not verified. */
export const updateProfile = (ports: RequiredActionPorts): RequiredAction => ({
  id: 'UPDATE_PROFILE',
  title: 'Update Profile',
  start(context: ActionContext): Promise<ChallengeView> {
    return Promise.resolve(view(context, storedProfile(context.realm, context.user)));
  },

  async submit(context: ActionContext, input: FormInput): Promise<ActionOutcome> {
    const { realm, user } = context;
    const profile = typedProfile(realm, input);
    const problem = problemOf(realm, profile);
    if (problem) return { kind: 'challenge', view: view(context, profile, problem) };
    try {
      await ports.unitOfWork.run(async () => {
        const current = (await ports.users.byIdForChange(realm.id, user.id)) ?? user;
        const next = withProfile(realm, current, profile);
        const requiredActions = current.requiredActions.filter((action) => action !== 'UPDATE_PROFILE');
        await ports.users.update({ ...next, requiredActions }, !realm.settings.duplicateEmailsAllowed);
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
