import type { AuthenticatorDescriptor, ChallengeView, FormInput, Message, Outcome, Step } from '../../engine/index.js';
import type { Realm } from '../../realm/realm.js';
import { keptName } from '../login-form/login-form.js';
import { realmOf, type AuthenticatorPorts } from '../ports.js';

type Ports = Pick<AuthenticatorPorts, 'realms' | 'clients' | 'userService' | 'actionMails'>;

/**
 * Asks whose credentials are to be reset. Whatever name is given, the answer is the same: nobody learns here who has an account. What
 * was wrong about a name is written down after the answer, as mails are sent after it, so that its time does not tell either.
 */
export const resetCredentialsChooseUser: AuthenticatorDescriptor<Ports> = {
  id: 'reset-credentials-choose-user',
  title: 'Choose User',
  help: 'Asks whose credentials are to be reset.',
  kind: 'step',
  needsUser: false,
  abilities: { atOnce: ['success', 'challenge'], onSubmit: ['success', 'challenge'], findsUser: true },
  startOnlyReads: true,
  requirements: ['REQUIRED'],
  create(ports) {
    const view = ({ settings }: Realm, username: string, message?: Message): ChallengeView => ({
      page: 'reset-credentials',
      data: { username, loginWithEmailAllowed: settings.loginWithEmailAllowed },
      ...(message ? { message, field: 'username' } : {}),
    });

    return {
      async start(step: Step): Promise<Outcome> {
        const known = step.userId ?? step.browserSession?.userId;
        if (known !== undefined) return { kind: 'success', userId: known };
        const { login_hint: hint = '' } = step.parameters;
        return { kind: 'challenge', view: view(await realmOf(ports, step.realmId), hint) };
      },

      async submit(step: Step, input: FormInput): Promise<Outcome> {
        const realm = await realmOf(ports, step.realmId);
        const name = input['username']?.trim() ?? '';
        if (name === '') return { kind: 'challenge', view: view(realm, '', { key: 'missingUsernameMessage' }) };
        const user = await ports.userService.findForLogin(realm, name);
        const client = await ports.clients.byId(realm.id, step.clientId);
        if (user?.enabled) return { kind: 'success', userId: user.id, details: { username: user.username } };
        ports.actionMails.noteRefusedReset({
          realm,
          clientId: client?.clientId,
          remoteAddress: step.remoteAddress,
          username: name,
          ...(user ? { userId: user.id, error: 'user_disabled' } : { error: 'user_not_found' }),
        });
        return { kind: 'success', details: { username: keptName(name) } };
      },
    };
  },
};
