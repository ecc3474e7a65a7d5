import type { AuthenticatorRegistry, Claim, ClaimId, CompiledFlow, Move } from '../engine/index.js';

/** What a claim says, by its verdict. */
const SENTENCES: Readonly<Record<ClaimId, { readonly holds: string; readonly fails: string }>> = {
  'can-finish': {
    holds: 'There is a way to the end of the flow.',
    fails: 'Nobody can finish this flow.',
  },
  authenticates: {
    holds: 'Every way to the end proves who somebody is.',
    fails: 'Somebody can finish without proving who they are',
  },
  limited: {
    holds: 'Every login that opens a session passes the session limiter.',
    fails: 'A session can be opened past the session limiter',
  },
  'no-dead-step': {
    holds: 'Every step that is switched on is reached by some login.',
    fails: 'No login ever reaches',
  },
  'user-in-time': {
    holds: 'No step that needs a user is asked before one is known.',
    fails: 'A step that needs a user can be asked before one is known',
  },
};

const MOVES: Readonly<Record<Move['what'], string>> = {
  success: 'passes',
  attempted: 'stands aside',
  challenge: 'asks',
  submit: 'is answered',
  refuse: 'refuses',
  error: 'fails',
  setup: 'is to be set up after the login',
  chosen: 'is chosen',
  true: 'holds',
  false: 'does not hold',
};

/** A claim in words, with the login that refutes it. */
export function claimInWords(claim: Claim, flow: CompiledFlow, registry: Pick<AuthenticatorRegistry, 'find'>): string {
  const { holds, fails } = SENTENCES[claim.id];
  if (claim.verdict === 'holds') return holds;
  if (claim.verdict === 'unknown') return `Not known, the flow has too many ways: ${holds}`;
  if (claim.id === 'no-dead-step') {
    const steps = (claim.executions ?? []).map((id) => titleOf(executionProvider(flow, id), registry));
    return `${fails} ${[...new Set(steps)].join(', ')}.`;
  }
  if (claim.counterExample === undefined) return fails;
  return `${fails.replace(/\.$/, '')}: ${movesInWords(claim.counterExample, registry)}.`;
}

/** A login step by step, as part of a sentence. */
export function movesInWords(moves: readonly Move[], registry: Pick<AuthenticatorRegistry, 'find'>): string {
  const way = moves
    // A question that is answered is one event to a reader.
    .filter(({ what }) => what !== 'challenge')
    .map(({ authenticator, what }) => `${titleOf(authenticator, registry)} ${MOVES[what]}`);
  return way.length > 0 ? way.join(', then ') : 'at once';
}

const titleOf = (authenticator: string, registry: Pick<AuthenticatorRegistry, 'find'>): string =>
  registry.find(authenticator)?.descriptor.title ?? authenticator;

function executionProvider({ definition }: CompiledFlow, executionId: string): string {
  const find = (executions: CompiledFlow['definition']['executions']): string | undefined => {
    for (const execution of executions) {
      if (execution.kind === 'subflow') {
        const found = find(execution.flow.executions);
        if (found !== undefined) return found;
      } else if (execution.id === executionId) return execution.authenticator;
    }
    return undefined;
  };
  return find(definition.executions) ?? executionId;
}
