import type { AuthenticatorDescriptor, FormInput, Outcome, Step } from '../../engine/index.js';
import { defineConfig } from '../config-field.js';
import { realmOf, userOf, type AuthenticatorPorts } from '../ports.js';

type Ports = Pick<AuthenticatorPorts, 'realms' | 'clients' | 'users' | 'userService' | 'actionMails'>;

/** Note of a login: id of the user whose link was opened. Only the server writes it, after it has checked the link. */
export const LINK_NOTE = 'action-token-user';

/** Fact: whether the person has to sign in again once all is done. */
export const FORCE_LOGIN_FACT = 'force-login';

const CHOICES = ['true', 'false', 'only-federated'] as const;
type ForceLogin = (typeof CHOICES)[number];

interface Config {
  /** Undefined when it is none of the choices. */
  readonly forceLogin: ForceLogin | undefined;
}

/**
 * Sends a mail with a link and waits for it. Without a user, or without an address, nobody is told: it waits just the same. The
 * link proves the mailbox, so the address counts as verified.
 */
export const resetCredentialEmail: AuthenticatorDescriptor<Ports, Config> = {
  id: 'reset-credential-email',
  title: 'Send Reset Email',
  help: 'Sends a mail with a link that continues the reset.',
  kind: 'step',
  needsUser: false,
  abilities: { atOnce: ['success', 'wait', 'error'], onSubmit: ['success', 'wait', 'error'], proves: 'credential' },
  requirements: ['REQUIRED'],
  config: defineConfig(
    [
      {
        name: 'force-login',
        label: 'Force login after reset',
        type: 'List',
        defaultValue: 'only-federated',
        options: CHOICES,
      },
    ],
    ({ 'force-login': text = 'only-federated' }): Config => ({ forceLogin: CHOICES.find((choice) => choice === text) }),
  ),
  create(ports) {
    /** The answer to an opened link; undefined when none was, or that of somebody else. */
    async function opened(step: Step<Config>): Promise<Outcome | undefined> {
      if (step.userId === undefined || step.notes[LINK_NOTE] !== step.userId) return undefined;
      const { forceLogin } = step.config ?? { forceLogin: 'only-federated' };
      if (forceLogin === undefined) return { kind: 'error', code: 'configuration_error', counts: false };
      await ports.userService.markEmailVerified(step.realmId, step.userId);
      // All users are our own; none comes from another directory, so only `true` forces anybody.
      return { kind: 'success', facts: [{ type: FORCE_LOGIN_FACT, value: forceLogin === 'true' }] };
    }

    return {
      async start(step: Step<Config>): Promise<Outcome> {
        const answer = await opened(step);
        if (answer) return answer;
        const realm = await realmOf(ports, step.realmId);
        const user = await userOf(ports, step.realmId, step.userId);
        const client = await ports.clients.byId(step.realmId, step.clientId);
        if (user && client && step.place) {
          ports.actionMails.request({
            type: 'reset-credentials',
            realm,
            user,
            client,
            place: step.place,
            remoteAddress: step.remoteAddress,
            details: { username: user.username },
          });
        }
        return WAIT;
      },

      async submit(step: Step<Config>, _input: FormInput): Promise<Outcome> {
        return (await opened(step)) ?? WAIT;
      },
    };
  },
};

const WAIT: Outcome = { kind: 'wait', message: { key: 'emailSentMessage' } };
