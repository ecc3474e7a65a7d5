import { limitersOf, type FlowLimiter } from '../authenticators/user-session-limits/flow-limiters.js';
import type { AuthenticatorRegistry, Claim, CompiledFlow } from '../engine/index.js';
import type { CompiledFlows } from '../flows/compiled-flows.js';
import type { FlowProofs } from '../flows/flow-proofs.js';
import type { FlowResolution } from '../flows/flow-resolution.js';
import type { OverrideKey } from '../flows/flow-uses.js';
import { claimInWords, movesInWords } from '../flows/proof-words.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { policyForJoining, type SessionLimitPolicy } from '../sessions/session-limit-policy.js';

/** Doors that a flow guards. */
export type FlowDoor = OverrideKey | 'reset_credentials' | 'single_sign_on' | 'service_account';

/** A way in, and whether caps hold there. */
export interface LimitedDoor {
  readonly door: FlowDoor | 'offline_access' | 'action_link' | 'refresh';
  /** The client that overrides the realm's flow; absent for the realm's own. */
  readonly clientId?: string;
  /** Alias of the flow; absent where none stands in the way. */
  readonly flow?: string;
  readonly limiters: readonly FlowLimiter[];
  /**
   * `uncapped`: nothing limits it; `dodged`: the flow has a limiter, and somebody gets past it; `opens_none`: no session begins there
   * that a cap would count.
   */
  readonly verdict: 'capped' | 'uncapped' | 'dodged' | 'unknown' | 'opens_none';
  readonly sentence: string;
}

/** Offline access is asked for at the other doors: it is capped where all of their limiters count it. */
export function offlineDoor(doors: readonly LimitedDoor[]): LimitedDoor {
  const policies = policiesAt(doors);
  const counting = policies.filter(({ countOffline }) => countOffline).length;
  const everywhere =
    counting > 0 && counting === policies.length && doors.every(({ verdict }) => verdict !== 'uncapped');
  return {
    door: 'offline_access',
    limiters: [],
    verdict: everywhere ? 'capped' : 'uncapped',
    sentence: everywhere
      ? 'A session of an offline token counts, together with the session it came of.'
      : counting > 0
        ? 'A session of an offline token counts for the limiters with countOffline, and not at every door.'
        : 'A session of an offline token is not counted, at whichever door it was asked for.',
  };
}

/** The policies of all limiters that can be used. */
export const policiesAt = (doors: readonly LimitedDoor[]): readonly SessionLimitPolicy[] =>
  doors.flatMap(({ limiters }) => limiters.flatMap((limiter) => ('policy' in limiter ? limiter.policy : [])));

/** What no flow guards, the same in every realm. */
export const OTHER_DOORS: readonly LimitedDoor[] = [
  {
    door: 'service_account',
    limiters: [],
    verdict: 'opens_none',
    sentence:
      'What a client does in its own name is no session of a person, and is not stored unless it wants refresh tokens.',
  },
  {
    door: 'action_link',
    limiters: [],
    verdict: 'opens_none',
    sentence:
      'Links to required actions and to confirm an address end with a page; the person signs in at another door.',
  },
  {
    door: 'refresh',
    limiters: [],
    verdict: 'opens_none',
    sentence: 'A refresh goes on with a session that was counted when it began.',
  },
];

const NO_LIMITER = 'The flow has no session limiter.';

/** Finds the limiters of the flows with which logins begin now. */
export class LimitDoors {
  constructor(
    private readonly resolution: FlowResolution,
    private readonly compiledFlows: CompiledFlows,
    private readonly proofs: FlowProofs,
    private readonly registry: AuthenticatorRegistry,
  ) {}

  /**
   * The door a client's logins take.
   * @param client absent: any client that overrides nothing
   * @returns undefined where no flow is bound
   */
  async of(realm: Realm, door: FlowDoor, client?: Client): Promise<LimitedDoor | undefined> {
    const compiled = await this.flowAt(realm, door, client);
    if (compiled === undefined) return undefined;
    const limiters = limitersOf(compiled, this.registry);
    return {
      door,
      ...(client && { clientId: client.clientId }),
      flow: compiled.definition.alias,
      limiters,
      ...this.verdictAt(door, compiled, limiters),
    };
  }

  /** The flow with which logins at a door begin now; undefined where none is bound. */
  async flowAt(realm: Realm, door: FlowDoor, client?: Client): Promise<CompiledFlow | undefined> {
    const flowId = await this.flowOf(realm, door, client);
    return flowId === undefined ? undefined : this.compiledFlows.running(realm.id, flowId);
  }

  private flowOf(realm: Realm, door: FlowDoor, client?: Client): Promise<string | undefined> {
    if (door === 'reset_credentials') return Promise.resolve(realm.bindings.resetCredentialsFlow);
    const asked = client ?? { clientId: '', flowOverrides: {} };
    const key = { single_sign_on: 'browser', service_account: 'direct_grant' } as const;
    return this.resolution.resolve(realm, asked, door === 'browser' || door === 'direct_grant' ? door : key[door]);
  }

  private verdictAt(
    door: FlowDoor,
    compiled: CompiledFlow,
    limiters: readonly FlowLimiter[],
  ): Pick<LimitedDoor, 'verdict' | 'sentence'> {
    if (door === 'single_sign_on') return this.joining(compiled, limiters);
    if (door !== 'service_account') return this.opening(compiled, door);
    return limiters.length === 0
      ? { verdict: 'uncapped', sentence: NO_LIMITER }
      : { verdict: 'capped', sentence: 'No flow runs, and every limiter of the direct grant flow holds.' };
  }

  private opening(compiled: CompiledFlow, door: FlowDoor): Pick<LimitedDoor, 'verdict' | 'sentence'> {
    const claim = this.proofs
      .of(compiled, door === 'direct_grant' ? 'direct' : 'browser')
      .claims.find(({ id }) => id === 'limited');
    return {
      verdict: verdictOf(claim?.verdict),
      sentence: claim === undefined ? NO_LIMITER : claimInWords(claim, compiled, this.registry),
    };
  }

  /** Single sign-on costs no session of the realm; one with a client it does. */
  private joining(compiled: CompiledFlow, limiters: readonly FlowLimiter[]): Pick<LimitedDoor, 'verdict' | 'sentence'> {
    const ofClients = limiters.filter((limiter) => 'policy' in limiter && capsClients(limiter.policy));
    const atJoins = ofClients.filter((limiter) => 'policy' in limiter && policyForJoining(limiter.policy));
    const { verdict, counterExample = [] } = this.proofs.ofJoins(
      compiled,
      ofClients.map(({ executionId }) => executionId),
    );
    if (verdict === 'none')
      return { verdict: 'opens_none', sentence: 'The flow does not look at sessions of the browser.' };
    if (ofClients.length === 0)
      return {
        verdict: limiters.length === 0 ? 'uncapped' : 'capped',
        sentence: 'Who joins a session opens none, so a cap of the realm holds. There is no cap of a client.',
      };
    if (atJoins.some(({ conditional }) => !conditional))
      return { verdict: 'capped', sentence: 'Who joins a session is held to the cap of the client too.' };
    if (atJoins.length > 0 && verdict === 'fails')
      return {
        verdict: 'dodged',
        sentence:
          'Who joins a session is held to the cap of the client too, but for those for whom the conditions around it do not hold.',
      };
    return {
      verdict: verdictOf(verdict),
      sentence:
        verdict === 'fails'
          ? `Somebody can join a second client past its cap: ${movesInWords(counterExample, this.registry)}.`
          : 'Who joins a session passes the cap of the client too.',
    };
  }
}

/** Whether the policy limits sessions or people at one client, for anybody. */
const capsClients = ({ clientMax, groupLimits = [], clientSeats = 0 }: SessionLimitPolicy): boolean =>
  clientMax > 0 || clientSeats > 0 || groupLimits.some((limit) => (limit.clientMax ?? 0) > 0);

function verdictOf(verdict: Claim['verdict'] | undefined): LimitedDoor['verdict'] {
  switch (verdict) {
    case undefined:
      return 'uncapped';
    case 'holds':
      return 'capped';
    case 'fails':
      return 'dodged';
    case 'unknown':
      return 'unknown';
  }
}
