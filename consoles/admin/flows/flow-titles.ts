import type { Execution } from './flow-api.js';

/** Names of the executions of a flow by id; an unknown one is its id. */
export function titlesOf(executions: readonly Execution[]): (id: string) => string {
  const titles = new Map(executions.map(({ id, displayName }) => [id, displayName]));
  return (id) => titles.get(id) ?? id;
}
