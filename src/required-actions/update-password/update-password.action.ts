import type { ChallengeView, FormInput, Message } from '../../engine/index.js';
import type { ActionContext, ActionOutcome, RequiredAction, RequiredActionPorts } from '../required-action.js';

const view = (context: ActionContext, problem?: { message: Message; field: string }): ChallengeView => ({
  page: 'update-password',
  data: { username: context.user.username },
  ...(problem ?? {}),
});

/** A new password, twice; if wanted, the user's other sessions end. */
export const updatePassword = (ports: RequiredActionPorts): RequiredAction => ({
  id: 'UPDATE_PASSWORD',
  title: 'Update Password',
  isTriggered: (realm, user) => ports.userService.isPasswordExpired(realm, user),
  start: (context) => Promise.resolve(view(context)),

  async submit(context: ActionContext, input: FormInput): Promise<ActionOutcome> {
    const ask = (message: Message, field: string): ActionOutcome => ({
      kind: 'challenge',
      view: view(context, { message, field }),
    });
    const password = input['password-new'] ?? '';
    if (password === '') return ask({ key: 'missingPasswordMessage' }, 'password-new');
    if (password !== input['password-confirm']) return ask({ key: 'notMatchPasswordMessage' }, 'password-confirm');
    const { realm, user } = context;
    const violation = await ports.userService.setPassword(realm, user, password, { checkPolicy: true });
    if (violation)
      return ask({ key: violation.code, values: Object.fromEntries(violation.values.entries()) }, 'password-new');
    if (input['logout-sessions'] === 'on') {
      await ports.sessions.endAllOfUser(realm.id, user.id, 'password_change', context.browserSessionId);
    }
    return { kind: 'done', event: 'UPDATE_PASSWORD', details: { credential_type: 'password' } };
  },
});
