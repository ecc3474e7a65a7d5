import type { Simulation } from '../administration/flow-simulation.js';
import type { AuthenticatorRegistry } from '../engine/index.js';
import { present } from '../representations/present.js';
import type { JsonObject } from '../shared/json.js';

/**
 * The answer of a dry run: the path taken, the pages shown, where it ended, and what becomes of sessions.
 * @param ended the sessions that would end, as they are shown
 */
export function toSimulationReply(
  { flow, channel, rehearsed, end, requiredActions, consent, sessions }: Simulation,
  ended: readonly JsonObject[],
  registry: Pick<AuthenticatorRegistry, 'find'>,
): JsonObject {
  const { moves, pages, result } = rehearsed;
  const titleOf = (authenticator: string): string => registry.find(authenticator)?.descriptor.title ?? authenticator;
  const message = 'message' in result ? result.message : undefined;
  return present({
    flow: flow.definition.alias,
    hash: flow.hash,
    channel,
    path: moves.map((move) => ({ ...move, title: titleOf(move.authenticator) })),
    pages: pages.map(({ options, ...page }) => ({ ...page, options: options.map((option) => ({ ...option })) })),
    end: present({ ...end, message: message?.text ?? message?.key, waits: result.state.waits !== undefined }),
    credentials: result.state.credentialTypes,
    // Steps that the user lacks something for, which is set up after the flow.
    setUp: Object.entries(result.state.context.statuses).flatMap(([executionId, status]) =>
      status === 'SETUP_REQUIRED' ? [executionId] : [],
    ),
    requiredActions,
    consent,
    sessions: sessions && {
      opens: sessions.opens,
      counts: sessions.counts,
      decision: present({ ...sessions.admission, evictions: undefined }),
      ended: ended.map((session) => ({ ...session, ...whyEnded(sessions.admission, session['id']) })),
    },
  });
}

/** The cap for which a session would make room. */
function whyEnded(admission: NonNullable<Simulation['sessions']>['admission'], id: unknown): JsonObject {
  const eviction = admission.kind === 'evict' ? admission.evictions.find((each) => each.id === id) : undefined;
  return eviction ? { reason: 'evicted', cap: eviction.cap, limit: eviction.limit } : {};
}
