import type { AuthenticatorDescriptor, EventDetails, Message, Outcome, Step } from '../../engine/index.js';
import {
  sessionLimitMessage,
  SESSION_LIMIT_FACT,
  type SessionLimitPolicy,
} from '../../sessions/session-limit-policy.js';
import { decide, type Admission } from '../../sessions/session-limiter.js';
import type { Json } from '../../shared/json.js';
import { realmOf, type AuthenticatorPorts } from '../ports.js';
import { policyOf } from './session-limit-policy.js';
import { sessionLimitsConfig, type SessionLimitsConfig } from './user-session-limits.config.js';

type Ports = Pick<AuthenticatorPorts, 'realms' | 'clients' | 'clock' | 'limitedSessions'>;

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
    /** What the cap says at this moment; at a client that is gone by now, nothing. */
    async function earlyAnswer(step: Step, userId: string, policy: SessionLimitPolicy): Promise<Admission> {
      const { realmId, clientId, browserSession } = step;
      const realm = await realmOf(ports, realmId);
      const client = await ports.clients.byId(realmId, clientId);
      if (!client) return { kind: 'admit' };
      const now = ports.clock.now();
      const renews = browserSession?.userId === userId && { renews: browserSession.sessionId };
      const request = { realm, client, userId, policies: [policy], now, ...renews };
      const { counted, known } = await ports.limitedSessions.read(request);
      return decide({ clientId, ...known, ...renews }, counted, [policy]);
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
        const admission = await earlyAnswer(step, step.userId, policy);
        if (admission.kind === 'deny')
          return refuse('session_limit_exceeded', sessionLimitMessage(admission.message, admission.cap), 403, {
            cap: admission.cap,
            limit: String(admission.limit),
          });
        return { kind: 'success', facts: [{ type: SESSION_LIMIT_FACT, value: policy as unknown as Json }] };
      },
    };
  },
};
