import type { AuthenticatorDescriptor, FormInput, Outcome, Step } from '../../engine/index.js';
import {
  CANCELLED,
  checkPassword,
  findUser,
  formView,
  rememberMe,
  suggestedEntries,
  typedEntries,
  type LoginPorts,
} from '../login-form/login-form.js';
import { realmOf, userOf } from '../ports.js';

/** Name and password on one page. With the user already fixed (re-authentication) it asks for the password alone. */
export const authUsernamePasswordForm: AuthenticatorDescriptor<LoginPorts> = {
  id: 'auth-username-password-form',
  title: 'Username Password Form',
  help: 'Asks for the user name (or e-mail address) and the password on one page.',
  kind: 'step',
  needsUser: false,
  abilities: {
    atOnce: ['challenge'],
    onSubmit: ['success', 'challenge', 'refuse'],
    findsUser: true,
    proves: 'credential',
  },
  startOnlyReads: true,
  requirements: ['REQUIRED'],
  credentialType: 'password',
  selectable: true,
  create(ports) {
    return {
      async start(step: Step): Promise<Outcome> {
        const realm = await realmOf(ports, step.realmId);
        const known = await userOf(ports, step.realmId, step.userId);
        return {
          kind: 'challenge',
          view: known
            ? formView('login-password', realm, { username: known.username })
            : formView('login', realm, suggestedEntries(step)),
        };
      },

      async submit(step: Step, input: FormInput): Promise<Outcome> {
        if (input['cancel'] !== undefined) return CANCELLED;
        const realm = await realmOf(ports, step.realmId);
        const known = await userOf(ports, step.realmId, step.userId);
        const found = known ? { ok: known } : await findUser(ports, realm, input['username']);
        const problem = 'ok' in found ? await checkPassword(ports, realm, found.ok, input['password']) : found.problem;
        if (problem) {
          const { message, field, ...failure } = problem;
          const view = known
            ? formView('login-password', realm, { username: known.username }, { message, field: 'password' })
            : formView('login', realm, typedEntries(input), { message, field });
          return { kind: 'challenge', view, ...failure };
        }
        if (!('ok' in found)) throw new Error('unreachable: a user that was not found is a problem');
        return {
          kind: 'success',
          userId: found.ok.id,
          credentialType: 'password',
          details: { username: found.ok.username },
          facts: rememberMe(realm, input['rememberMe']),
        };
      },

      configuredFor: (stored) => stored.includes('password'),
    };
  },
};
