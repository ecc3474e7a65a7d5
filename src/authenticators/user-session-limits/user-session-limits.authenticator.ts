import type { AuthenticatorDescriptor, EventDetails, Message, Outcome, Step } from '../../engine/index.js';
import { counted, sortByLife } from '../../sessions/live-sessions.js';
import {
  decide,
  sessionLimitMessage,
  SESSION_LIMIT_FACT,
  type CountedSession,
} from '../../sessions/session-limiter.js';
import { realmOf, type AuthenticatorPorts } from '../ports.js';
import { policyOf } from './session-limit-policy.js';
import { sessionLimitsConfig, type SessionLimitsConfig } from './user-session-limits.config.js';

type Ports = Pick<AuthenticatorPorts, 'realms' | 'clients' | 'clock'> & {
  readonly sessions: Pick<AuthenticatorPorts['sessions'], 'openOfUser'>;
};

const refuse = (
  code: 'session_limit_exceeded' | 'configuration_error',
  message: Message,
  status: number,
  details: EventDetails = {},
): Outcome => ({
  kind: 'refuse',
  code,
  message,
  status,
  details,
  counts: false,
});

/**
 * The User session count limiter. Here, where the admin put it, it gives the early and friendly answer on a plain read, and leaves
 * its policy as a fact; the binding decision is taken again under the owner row when the session is opened.
 */
export const userSessionLimits: AuthenticatorDescriptor<Ports, SessionLimitsConfig> = {
  id: 'user-session-limits',
  title: 'User session count limiter',
  help: 'Caps how many sessions a user may have, in the realm and per application. When a cap is reached it denies the new session or ends the least recently used one.',
  kind: 'step',
  needsUser: false,
  abilities: { atOnce: ['success', 'refuse'], limitsSessions: true },
  startOnlyReads: true,
  requirements: ['REQUIRED', 'DISABLED'],
  config: sessionLimitsConfig,
  create(ports) {
    /** Sessions that count for a login at the client; without the client, which is gone then, nothing does. */
    async function liveSessions({ realmId, clientId }: Step, userId: string): Promise<readonly CountedSession[]> {
      const realm = await realmOf(ports, realmId);
      const client = await ports.clients.byId(realmId, clientId);
      if (!client) return [];
      const open = await ports.sessions.openOfUser(realmId, userId, false);
      return sortByLife(open, realm, client, ports.clock.now()).live.map(counted);
    }

    return {
      async start(step: Step<SessionLimitsConfig>): Promise<Outcome> {
        if (step.userId === undefined || step.opensSession === false) return { kind: 'success' };
        const policy = policyOf(step.execution.id, step.config);
        if ('problem' in policy) {
          return refuse(
            'configuration_error',
            { key: 'sessionLimitMisconfigured', values: { setting: policy.problem } },
            400,
          );
        }
        const renews = step.browserSession?.userId === step.userId ? step.browserSession.sessionId : undefined;
        const admission = decide(
          { clientId: step.clientId, ...(renews === undefined ? {} : { renews }) },
          await liveSessions(step, step.userId),
          [policy],
        );
        if (admission.kind === 'deny')
          return refuse('session_limit_exceeded', sessionLimitMessage(admission.message), 403, {
            cap: admission.cap,
            limit: String(admission.limit),
          });
        return { kind: 'success', facts: [{ type: SESSION_LIMIT_FACT, value: { ...policy } }] };
      },
    };
  },
};
