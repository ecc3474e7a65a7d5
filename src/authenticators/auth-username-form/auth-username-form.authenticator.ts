import type { AuthenticatorDescriptor, FormInput, Outcome, Step } from '../../engine/index.js';
import {
  CANCELLED,
  checkNotLocked,
  findUser,
  formView,
  rememberMe,
  suggestedEntries,
  typedEntries,
  type LoginPorts,
} from '../login-form/login-form.js';
import { realmOf } from '../ports.js';

/** Asks who logs in; the proof comes in later steps. */
export const authUsernameForm: AuthenticatorDescriptor<LoginPorts> = {
  id: 'auth-username-form',
  title: 'Username Form',
  help: 'Asks for the user name (or e-mail address) on a page of its own; other steps then check who it is.',
  kind: 'step',
  needsUser: false,
  abilities: { atOnce: ['challenge', 'success'], onSubmit: ['success', 'challenge', 'refuse'], findsUser: true },
  startOnlyReads: true,
  requirements: ['REQUIRED'],
  create(ports) {
    return {
      async start(step: Step): Promise<Outcome> {
        if (step.userId !== undefined) return { kind: 'success', userId: step.userId };
        return {
          kind: 'challenge',
          view: formView('login-username', await realmOf(ports, step.realmId), suggestedEntries(step)),
        };
      },

      async submit(step: Step, input: FormInput): Promise<Outcome> {
        if (input['cancel'] !== undefined) return CANCELLED;
        const realm = await realmOf(ports, step.realmId);
        const found = await findUser(ports, realm, input['username']);
        let problem = 'problem' in found ? found.problem : await checkNotLocked(ports, realm, found.ok);
        if ('ok' in found && !problem && !found.ok.enabled) {
          problem = {
            failed: 'user_disabled',
            counts: false,
            message: { key: 'accountDisabledMessage' },
            field: 'username',
            failedUserId: found.ok.id,
            details: { username: found.ok.username },
          };
        }
        if (problem) {
          const { message, field, ...failure } = problem;
          return {
            kind: 'challenge',
            view: formView('login-username', realm, typedEntries(input), { message, field }),
            ...failure,
          };
        }
        if (!('ok' in found)) throw new Error('unreachable: a user that was not found is a problem');
        return {
          kind: 'success',
          userId: found.ok.id,
          details: { username: found.ok.username },
          facts: rememberMe(realm, input['rememberMe']),
        };
      },
    };
  },
};
