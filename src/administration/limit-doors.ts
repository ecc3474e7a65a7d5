import { limitersOf, type FlowLimiter } from '../authenticators/user-session-limits/flow-limiters.js';
import type { AuthenticatorRegistry, Claim } from '../engine/index.js';
import type { CompiledFlows } from '../flows/compiled-flows.js';
import type { FlowProofs } from '../flows/flow-proofs.js';
import type { FlowResolution } from '../flows/flow-resolution.js';
import type { OverrideKey } from '../flows/flow-uses.js';
import { claimInWords } from '../flows/proof-words.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';

/** A way in that a flow guards, and whether the flow's caps hold there. */
export interface LimitedDoor {
  readonly door: OverrideKey;
  /** The client that overrides the realm's flow; absent for the realm's own. */
  readonly clientId?: string;
  /** Alias of the flow. */
  readonly flow: string;
  readonly limiters: readonly FlowLimiter[];
  /** `uncapped`: the flow has no limiter; `dodged`: it has one, and a session can be opened past it. */
  readonly verdict: 'capped' | 'uncapped' | 'dodged' | 'unknown';
  readonly sentence: string;
}

/** What the caps of flows do not cover, said wherever they are shown (docs/security.md, "Known limits"). */
export const NOT_COVERED: readonly string[] = [
  'Sessions of offline tokens are not counted.',
  'An access token that was issued stays valid by its signature until it expires.',
  'A client cap does not hold for a second application that joins a session by single sign-on past the forms.',
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
  async of(realm: Realm, door: OverrideKey, client?: Client): Promise<LimitedDoor | undefined> {
    const asked = client ?? { clientId: '', flowOverrides: {} };
    const flowId = await this.resolution.resolve(realm, asked, door);
    const compiled = flowId === undefined ? undefined : await this.compiledFlows.running(realm.id, flowId);
    if (compiled === undefined) return undefined;
    const claim = this.proofs
      .of(compiled, door === 'direct_grant' ? 'direct' : 'browser')
      .claims.find(({ id }) => id === 'limited');
    return {
      door,
      ...(client && { clientId: client.clientId }),
      flow: compiled.definition.alias,
      limiters: limitersOf(compiled, this.registry),
      verdict: verdictOf(claim),
      sentence: claim === undefined ? NO_LIMITER : claimInWords(claim, compiled, this.registry),
    };
  }
}

function verdictOf(claim: Claim | undefined): LimitedDoor['verdict'] {
  switch (claim?.verdict) {
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
