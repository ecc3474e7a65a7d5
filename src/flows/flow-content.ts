import { executionRows, flowById, flowsWithin } from './flow-catalog.js';
import type { FlowCatalog, StoredConfig } from './stored-flow.js';

/** The rows of one flow, of its sub-flows and of everything in them. */
export const contentOf = (catalog: FlowCatalog, flowId: string): FlowCatalog =>
  contentOfAll(catalog, flowsWithin(catalog, flowId));

function contentOfAll(catalog: FlowCatalog, within: ReadonlySet<string>): FlowCatalog {
  const executions = catalog.executions.filter(({ parentFlowId }) => within.has(parentFlowId));
  const configs = new Set(executions.flatMap(({ configId }) => configId ?? []));
  return {
    flows: catalog.flows.filter(({ id }) => within.has(id)),
    executions,
    configs: catalog.configs.filter(({ id }) => configs.has(id)),
  };
}

/**
 * The catalog with a flow's content replaced. What the flow held and does not hold any more goes, except what other flows hold too. Which
 * version runs and the place in the list are not content.
 */
export function withContent(catalog: FlowCatalog, flowId: string, content: FlowCatalog): FlowCatalog {
  const current = contentOf(catalog, flowId);
  const others = withoutRows(catalog, current);
  const elsewhere = catalog.flows
    .filter((flow) => flow.topLevel && flow.id !== flowId)
    .flatMap(({ id }) => [...flowsWithin(catalog, id)]);
  const kept = contentOfAll(catalog, new Set(elsewhere));
  const restored = content.flows.map((flow) => {
    const now = flowById(catalog, flow.id);
    if (!now) return flow;
    const { runningHash: _then, ...members } = flow;
    return {
      ...members,
      position: now.position,
      ...(now.runningHash !== undefined && { runningHash: now.runningHash }),
    };
  });
  return union(union({ ...content, flows: restored }, kept), others);
}

const withoutRows = (catalog: FlowCatalog, gone: FlowCatalog): FlowCatalog => ({
  flows: without(catalog.flows, gone.flows),
  executions: without(catalog.executions, gone.executions),
  configs: without(catalog.configs, gone.configs),
});

/** Rows of both; of one that is in both, the first. */
const union = (a: FlowCatalog, b: FlowCatalog): FlowCatalog => ({
  flows: [...a.flows, ...without(b.flows, a.flows)],
  executions: [...a.executions, ...without(b.executions, a.executions)],
  configs: [...a.configs, ...without(b.configs, a.configs)],
});

function without<T extends { readonly id: string }>(rows: readonly T[], gone: readonly T[]): readonly T[] {
  const ids = new Set(gone.map(({ id }) => id));
  return rows.filter(({ id }) => !ids.has(id));
}

/** What became of one execution between two contents of a flow. */
export type ContentChange = { readonly executionId: string; readonly name: string } & (
  | { readonly kind: 'added' | 'removed' }
  | {
      readonly kind: 'changed';
      /** By member: what it was and what it is; absent values are empty. */
      readonly members: Readonly<Record<string, readonly [string, string]>>;
    }
);

/** Executions that differ between two contents of a flow: first those of the later one in its order, then those that are gone. */
export function differences(flowId: string, before: FlowCatalog, after: FlowCatalog): readonly ContentChange[] {
  const old = describe(flowId, before);
  const current = describe(flowId, after);
  const present = [...current].flatMap(([executionId, now]): ContentChange[] => {
    const then = old.get(executionId);
    if (!then) return [{ kind: 'added', executionId, name: now['name'] ?? '' }];
    const names = [...new Set([...Object.keys(then), ...Object.keys(now)])];
    const members = names.flatMap((name) => {
      const [from, to] = [then[name] ?? '', now[name] ?? ''];
      return from === to ? [] : [[name, [from, to]] as const];
    });
    if (members.length === 0) return [];
    return [{ kind: 'changed', executionId, name: now['name'] ?? '', members: Object.fromEntries(members) }];
  });
  const removed = [...old].filter(([id]) => !current.has(id));
  return [
    ...present,
    ...removed.map(([executionId, { name = '' }]): ContentChange => ({ kind: 'removed', executionId, name })),
  ];
}

/** Everything about each execution that makes a difference, as texts. */
function describe(flowId: string, content: FlowCatalog): ReadonlyMap<string, Readonly<Record<string, string>>> {
  return new Map(
    executionRows(content, flowId).map(({ execution, index, parent, subflow, config }) => [
      execution.id,
      {
        name: subflow?.alias ?? execution.authenticator ?? '',
        requirement: execution.requirement,
        parent: parent.alias,
        index: String(index),
        ...(config && configMembers(config)),
      },
    ]),
  );
}

const configMembers = ({ alias, values }: StoredConfig): Record<string, string> => ({
  'config alias': alias,
  ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`config ${name}`, value])),
});
