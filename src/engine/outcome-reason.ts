import type { Outcome } from './outcome.js';

/** Why a step did not let a login pass, as a code; undefined where nothing went wrong. */
export function reasonOf(outcome: Outcome): string | undefined {
  if (outcome.kind === 'challenge') return outcome.failed;
  return outcome.kind === 'refuse' || outcome.kind === 'error' ? outcome.code : undefined;
}
