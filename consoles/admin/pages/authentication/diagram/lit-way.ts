import type { Move } from '../../../flows/flow-api.js';

/** A way through a flow that is to be shown: the executions that were asked, in order, without repeats side by side. */
export interface LitWay {
  readonly executions: readonly string[];
  /** It comes to the end. */
  readonly passes: boolean;
  /** It should not be: it refutes a claim, or the login was refused. */
  readonly isBad: boolean;
}

export const litWay = (moves: readonly Move[], passes: boolean, isBad: boolean): LitWay => ({
  executions: moves.map(({ executionId }) => executionId).filter((id, index, all) => id !== all[index - 1]),
  passes,
  isBad,
});

/** Whether the way goes from one place to another. */
export function goesFromTo(way: LitWay | undefined, from: string, to: string): boolean {
  if (!way) return false;
  const places = ['start', ...way.executions, ...(way.passes ? ['passed'] : [])];
  return places.some((place, index) => place === from && places[index + 1] === to);
}
