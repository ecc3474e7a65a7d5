import type { ChallengeView, EventDetails, FormInput, Message } from '../../engine/index.js';
import type { Realm } from '../../realm/realm.js';
import type { User } from '../../realm/user.js';
import { ConflictError } from '../../shared/errors.js';
import type { ActionContext, ActionOutcome, RequiredActionPorts } from '../required-action.js';
import { formData, problemOf, typedProfile, withProfile, type TypedProfile } from './profile-form.js';

/** The form of the profile, and what is wrong with it. */
export const profilePage = (
  realm: Realm,
  profile: TypedProfile,
  problem?: { message: Message; field: string },
): ChallengeView => ({ page: 'update-profile', data: formData(realm, profile), ...problem });

/**
 * Stores what was typed into the form, or asks again.
 * @param alias the action that is done with then
 */
export async function submitProfile(
  ports: RequiredActionPorts,
  alias: string,
  { realm, user }: ActionContext,
  input: FormInput,
): Promise<ActionOutcome> {
  const profile = typedProfile(realm, input);
  const problem = problemOf(realm, profile);
  if (problem) return { kind: 'challenge', view: profilePage(realm, profile, problem) };
  try {
    await ports.unitOfWork.run(async () => {
      const current = (await ports.users.byIdForChange(realm.id, user.id)) ?? user;
      const next = withProfile(realm, current, profile);
      const requiredActions = current.requiredActions.filter((action) => action !== alias);
      await ports.users.update({ ...next, requiredActions }, !realm.settings.duplicateEmailsAllowed);
    });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const field = error.code === 'email_exists' ? 'email' : 'username';
    const key = field === 'email' ? 'emailExistsMessage' : 'usernameExistsMessage';
    return { kind: 'challenge', view: profilePage(realm, profile, { message: { key }, field }) };
  }
  return { kind: 'done', event: 'UPDATE_PROFILE', details: { ...changesOf(user, profile), context: 'UPDATE_PROFILE' } };
}

/** Members whose changes the event names, with the reference's words for them. */
const NAMED = { email: 'email', firstName: 'first_name', lastName: 'last_name' } as const;

/** What was there before and what is there now, of members that changed. */
function changesOf(user: User, profile: TypedProfile): EventDetails {
  const details = Object.entries(NAMED).flatMap(([member, word]) => {
    const before = user[member as keyof typeof NAMED] ?? '';
    const after = member in profile ? (profile[member]?.[0] ?? '') : before;
    if (before === after) return [];
    return [
      [`previous_${word}`, before],
      [`updated_${word}`, after],
    ].filter(([, value]) => value !== '');
  });
  return Object.fromEntries(details) as EventDetails;
}
