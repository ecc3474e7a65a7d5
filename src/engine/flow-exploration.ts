import type { AnswerKind, StepAbilities } from './authenticator.js';
import type { AuthenticatorRegistry } from './authenticator-registry.js';
import type { CompiledFlow } from './flow-compiler.js';
import type { FlowEvent, FlowSnapshot } from './flow-machine.js';
import { locate } from './flow-position.js';
import type { LeafNode } from './flow-plan.js';
import { isProcessed } from './requirement-rules.js';
import { possibleCandidates } from './selection-list.js';

/** What matters of a login for what is proved of its flow. */
export interface Situation {
  readonly snapshot: FlowSnapshot;
  readonly userKnown: boolean;
  /** A credential was proved in this login. */
  readonly credential: boolean;
  /** The login rests on a session of this browser, which it renews: no new one is opened. */
  readonly session: boolean;
  /** It began with the user of that session, who only has to prove it again (`prompt=login`). */
  readonly again: boolean;
  /** Ids of limiters that a known user has passed, in order. */
  readonly limiters: readonly string[];
}

/** What happened at a step on the way to a situation. */
export interface Move {
  readonly executionId: string;
  readonly authenticator: string;
  readonly what:
    'success' | 'attempted' | 'challenge' | 'submit' | 'refuse' | 'error' | 'setup' | 'chosen' | 'true' | 'false';
}

/** A situation and how a login comes there. */
export interface Reached extends Situation {
  readonly before?: { readonly from: Reached; readonly move: Move };
}

export interface Exploration {
  /** Ends, each by a shortest way. */
  readonly passed: readonly Reached[];
  /** Execution ids of steps and conditions that some login asks. */
  readonly asked: ReadonlySet<string>;
  /** Where a step was asked that needs a user while none was known. */
  readonly tooEarly: readonly { readonly leaf: LeafNode; readonly at: Reached }[];
  /** False when there were too many situations to look at all of them: what was not found may still exist. */
  readonly complete: boolean;
}

export interface ExplorationOptions {
  /** On the direct channel no page can be shown: a question ends the login. */
  readonly channel: 'browser' | 'direct';
  /** Most situations to look at; 5,000 unless told. */
  readonly limit?: number;
}

const LIMIT = 5_000;
/** What a provider does that is not built yet; what happens at one that is not known. */
const STANDS_ASIDE: StepAbilities = { atOnce: ['attempted'] };
const FAILS: StepAbilities = { atOnce: ['error'] };
/** Of a step that does not say: anything, but nothing that would speak for the flow. */
const ANYTHING: StepAbilities = {
  atOnce: ['success', 'attempted', 'challenge', 'refuse', 'error'],
  onSubmit: ['success', 'attempted', 'challenge', 'refuse', 'error'],
};

/**
 * Follows every way a login can take through the machine of a flow, breadth first, with steps reduced to their abilities and conditions
 * that hold or not as they like. Ways are never left out: whatever a real login does is among them. Some that are followed may
 * be impossible, because two conditions that are asked for the same thing are taken to be independent.
 */
export function exploreFlow(
  flow: CompiledFlow,
  registry: Pick<AuthenticatorRegistry, 'find'>,
  { channel, limit = LIMIT }: ExplorationOptions,
): Exploration {
  const walk = new Explorer(flow, registry, channel);
  const nobody = { userKnown: false, credential: false, session: false, again: false, limiters: [] };
  const start: Reached = { ...nobody, snapshot: flow.start };
  const queue: Reached[] = [start, { ...start, userKnown: true, session: true, again: true }];
  const seen = new Set(queue.map(keyOf));
  let next = 0;
  for (let at = queue[next]; at !== undefined && seen.size <= limit; at = queue[(next += 1)]) {
    for (const reached of walk.from(at)) {
      const key = keyOf(reached);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(reached);
    }
  }
  return { passed: walk.passed, asked: walk.asked, tooEarly: walk.tooEarly, complete: next >= queue.length };
}

class Explorer {
  readonly passed: Reached[] = [];
  readonly asked = new Set<string>();
  readonly tooEarly: { leaf: LeafNode; at: Reached }[] = [];

  constructor(
    private readonly flow: CompiledFlow,
    private readonly registry: Pick<AuthenticatorRegistry, 'find'>,
    private readonly channel: 'browser' | 'direct',
  ) {}

  /** Everything that can come next. */
  from(reached: Reached): readonly Reached[] {
    const place = locate(this.flow, reached.snapshot);
    if (place.kind === 'end') {
      if (place.end === 'passed') this.passed.push(reached);
      return [];
    }
    const { leaf, phase } = place;
    switch (phase) {
      case 'ask':
        return leaf.role === 'condition' ? this.decide(reached, leaf) : this.ask(reached, leaf);
      case 'wait':
        if (this.channel === 'direct') return [];
        return [this.move(reached, leaf, 'submit', { type: 'SUBMIT' }), ...this.otherWays(reached, leaf, 'SELECT')];
      case 'answer':
        return this.answers(reached, leaf, this.abilitiesOf(leaf).onSubmit ?? []);
    }
  }

  private decide(reached: Reached, leaf: LeafNode): readonly Reached[] {
    this.asked.add(leaf.execution.id);
    const descriptor = this.registry.find(leaf.execution.authenticator)?.descriptor;
    const no = this.move(reached, leaf, 'false', { type: 'FALSE' });
    if (descriptor?.available === false) return [no];
    const broken = this.move(reached, leaf, 'error', this.errorAt(leaf));
    return descriptor ? [this.move(reached, leaf, 'true', { type: 'TRUE' }), no, broken] : [broken];
  }

  private ask(reached: Reached, leaf: LeafNode): readonly Reached[] {
    this.asked.add(leaf.execution.id);
    const ways = this.otherWays(reached, leaf, 'PREFER');
    const descriptor = this.registry.find(leaf.execution.authenticator)?.descriptor;
    const broken = this.move(reached, leaf, 'error', this.errorAt(leaf));
    if (descriptor?.needsUser === true && !reached.userKnown) {
      this.tooEarly.push({ leaf, at: reached });
      return [...ways, broken];
    }
    const canBeSetUp =
      descriptor?.needsUser === true &&
      descriptor.setupAction !== undefined &&
      leaf.execution.requirement === 'REQUIRED';
    return [
      ...ways,
      ...(canBeSetUp ? [this.move(reached, leaf, 'setup', { type: 'SETUP' })] : []),
      // A user may lack what the step needs.
      ...(reached.userKnown && descriptor?.credentialType !== undefined ? [broken] : []),
      ...this.answers(reached, leaf, this.abilitiesOf(leaf).atOnce),
    ];
  }

  /** Steps that the order of the user's credentials, or the person, puts in the place of this one. */
  private otherWays(reached: Reached, leaf: LeafNode, type: 'SELECT' | 'PREFER'): readonly Reached[] {
    return possibleCandidates(leaf)
      .filter((other) => other !== leaf && !isProcessed(reached.snapshot.context.statuses[other.execution.id]))
      .filter((other) => reached.userKnown || !this.wantsKnownUser(other))
      .map((other) => this.move(reached, other, 'chosen', { type, executionId: other.execution.id }));
  }

  private wantsKnownUser({ execution }: LeafNode): boolean {
    const descriptor = this.registry.find(execution.authenticator)?.descriptor;
    return descriptor?.needsUser === true && descriptor.credentialType !== undefined;
  }

  private answers(reached: Reached, leaf: LeafNode, kinds: readonly AnswerKind[]): readonly Reached[] {
    return kinds.map((kind) => {
      switch (kind) {
        case 'success':
          return this.succeed(reached, leaf);
        case 'attempted':
          return this.move(reached, leaf, kind, { type: 'ATTEMPTED' });
        case 'challenge':
        case 'wait':
          return this.move(reached, leaf, 'challenge', { type: 'CHALLENGE' });
        case 'refuse':
          return this.move(reached, leaf, kind, { type: 'REFUSE' });
        case 'error':
          return this.move(reached, leaf, kind, this.errorAt(leaf));
      }
    });
  }

  private succeed(reached: Reached, leaf: LeafNode): Reached {
    const { findsUser, proves, limitsSessions } = this.abilitiesOf(leaf);
    const limits = limitsSessions === true && reached.userKnown;
    return {
      ...this.move(reached, leaf, 'success', { type: 'SUCCESS' }),
      userKnown: reached.userKnown || findsUser === true,
      credential: reached.credential || proves === 'credential',
      session: reached.session || proves === 'session',
      limiters: limits ? [...new Set([...reached.limiters, leaf.execution.id])].sort() : reached.limiters,
    };
  }

  private move(reached: Reached, { execution }: LeafNode, what: Move['what'], event: FlowEvent): Reached {
    const snapshot = this.flow.move(reached.snapshot, event);
    const { id: executionId, authenticator } = execution;
    return { ...reached, snapshot, before: { from: reached, move: { executionId, authenticator, what } } };
  }

  private errorAt({ execution }: LeafNode): FlowEvent {
    return { type: 'ERROR', executionId: execution.id, code: 'configuration_error' };
  }

  private abilitiesOf({ execution }: LeafNode): StepAbilities {
    const descriptor = this.registry.find(execution.authenticator)?.descriptor;
    if (descriptor === undefined) return FAILS;
    const abilities = descriptor.abilities ?? (descriptor.available === false ? STANDS_ASIDE : ANYTHING);
    const lacksConfig = descriptor.config !== undefined && execution.config === undefined;
    if (abilities.limitsSessions === true && lacksConfig) return FAILS;
    if (abilities.channel === undefined || abilities.channel === this.channel) return abilities;
    return { ...abilities, atOnce: abilities.atOnce.filter((kind) => kind !== 'success') };
  }
}

/** Two situations with the same key have the same future. */
function keyOf({ snapshot, userKnown, credential, session, again, limiters }: Situation): string {
  const { statuses, walk } = snapshot.context;
  const processed = Object.entries(statuses)
    .filter(([, status]) => isProcessed(status))
    .sort();
  const marks = Object.entries(walk).sort();
  return JSON.stringify([snapshot.value, processed, marks, userKnown, credential, session, again, limiters]);
}

/** The moves that lead to a situation, first to last. */
export function wayTo(reached: Reached): readonly Move[] {
  const moves: Move[] = [];
  for (let { before } = reached; before !== undefined; before = before.from.before) moves.push(before.move);
  return moves.reverse();
}
