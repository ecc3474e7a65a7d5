import { FLOW_KINDS, REQUIREMENTS, hashDefinition } from '../engine/index.js';
import type { FlowKind, Requirement } from '../engine/index.js';
import { builtInFlows } from '../flows/built-in-flows.js';
import { definitionOf } from '../flows/flow-catalog.js';
import type { FlowFile } from '../flows/flow-file.js';
import type { FlowCatalog, FlowVersion, StoredConfig, StoredExecution, StoredFlow } from '../flows/stored-flow.js';
import type { FlowBindings } from '../realm/realm.js';
import type { ExecutionExportData } from '../representations/flow-body.js';
import type { RealmData } from '../representations/realm-body.js';
import { bindingsOf } from '../representations/realm-representation.js';
import { textEntries } from '../representations/text-entries.js';
import { NameIndex, fileError, requiredText } from './name-index.js';
import type { PlanContext } from './realm-plan.js';

export interface PlannedFlows {
  readonly catalog: FlowCatalog;
  readonly versions: readonly FlowVersion[];
  readonly bindings: FlowBindings;
}

/**
 * The flows of a realm file, completed with the built-in flows it lacks, each top-level flow running its head, flawed or not: what
 * is wrong with an imported flow denies its logins with a clear error, it does not stop the import.
 * @throws InvalidInputError for a shape that cannot be stored: an unknown kind, requirement, sub-flow or binding, a flow within itself.
 */
export function planFlows(
  body: RealmData,
  files: readonly FlowFile[],
  master: boolean,
  context: PlanContext,
): PlannedFlows {
  const own = readFlows(body, context);
  const builtIn = builtInFlows(files, { realmId: context.realmId, master, existing: own.catalog }, context.newId);
  refuseTakenAliases(own.names, builtIn.catalog);
  const rows: FlowCatalog = {
    flows: [...own.catalog.flows, ...builtIn.catalog.flows],
    executions: [...own.catalog.executions, ...builtIn.catalog.executions],
    configs: [...own.catalog.configs, ...builtIn.catalog.configs],
  };
  refuseCycles(rows);
  const versions = rows.flows.filter((flow) => flow.topLevel).flatMap((flow) => headOf(rows, flow, context.now));
  const hashes = new Map(versions.map(({ flowId, hash }) => [flowId, hash]));
  const flows = rows.flows.map((flow) => {
    const runningHash = hashes.get(flow.id);
    return runningHash === undefined ? flow : { ...flow, runningHash };
  });
  return { catalog: { ...rows, flows }, versions, bindings: { ...builtIn.bindings, ...bindings(body, flows) } };
}

function readFlows(body: RealmData, context: PlanContext): { catalog: FlowCatalog; names: NameIndex } {
  const { realmId, newId } = context;
  const names = new NameIndex('flow');
  const flows = (body.authenticationFlows ?? []).map((flow, position): StoredFlow => {
    const path = `authenticationFlows[${String(position)}]`;
    const alias = requiredText(flow.alias, `${path}.alias`);
    const id = flow.id ?? newId();
    names.add(alias, id, `${path}.alias`);
    return {
      id,
      realmId,
      alias,
      description: flow.description ?? '',
      providerId: kindOf(flow.providerId, `${path}.providerId`),
      topLevel: flow.topLevel ?? false,
      builtIn: flow.builtIn ?? false,
      position,
    };
  });
  const configs = readConfigs(body, context);
  const executions = (body.authenticationFlows ?? []).flatMap((flow, at) => {
    const rows = flow.authenticationExecutions ?? [];
    // Of executions with one priority the lower id runs first: they keep the order of the file.
    const ids = rows.map(() => newId()).toSorted();
    return rows.map((execution, index) =>
      readExecution(execution, {
        id: ids[index] ?? newId(),
        path: `authenticationFlows[${String(at)}].authenticationExecutions[${String(index)}]`,
        index,
        parentFlowId: flows[at]?.id ?? '',
        names,
        configs,
        context,
      }),
    );
  });
  return { catalog: { flows, executions, configs: [...configs.values()] }, names };
}

function readConfigs(body: RealmData, { realmId, newId }: PlanContext): ReadonlyMap<string, StoredConfig> {
  const configs = new Map<string, StoredConfig>();
  for (const [at, config] of (body.authenticatorConfig ?? []).entries()) {
    const path = `authenticatorConfig[${String(at)}].alias`;
    const alias = requiredText(config.alias, path);
    if (configs.has(alias)) throw fileError('duplicate_name', path, `there is another config "${alias}"`);
    configs.set(alias, { id: config.id ?? newId(), realmId, alias, values: textEntries(config.config) });
  }
  return configs;
}

interface ExecutionPlace {
  readonly id: string;
  readonly path: string;
  readonly index: number;
  readonly parentFlowId: string;
  readonly names: NameIndex;
  readonly configs: ReadonlyMap<string, StoredConfig>;
  readonly context: PlanContext;
}

function readExecution(
  body: ExecutionExportData,
  { id, path, index, parentFlowId, names, configs, context }: ExecutionPlace,
): StoredExecution {
  const isSubflow = body.authenticatorFlow ?? body.autheticatorFlow ?? body.flowAlias !== undefined;
  const flowId = isSubflow
    ? names.get(requiredText(body.flowAlias, `${path}.flowAlias`), `${path}.flowAlias`)
    : undefined;
  const authenticator = isSubflow ? body.authenticator : requiredText(body.authenticator, `${path}.authenticator`);
  const config = body.authenticatorConfig === undefined ? undefined : configs.get(body.authenticatorConfig);
  if (body.authenticatorConfig !== undefined && !config)
    context.note(`missing config "${body.authenticatorConfig}" at ${path}`);
  if (body.userSetupAllowed === true) context.note(`userSetupAllowed at ${path}`);
  return {
    id,
    realmId: context.realmId,
    parentFlowId,
    requirement: requirementOf(body.requirement, `${path}.requirement`),
    priority: body.priority ?? index,
    ...(authenticator !== undefined && { authenticator }),
    ...(flowId !== undefined && { flowId }),
    ...(config && { configId: config.id }),
  };
}

function kindOf(value: string | undefined, path: string): FlowKind {
  const kind = FLOW_KINDS.find((candidate) => candidate === (value ?? 'basic-flow'));
  if (!kind) throw fileError('invalid_member', path, `must be one of ${FLOW_KINDS.join(', ')}`);
  return kind;
}

function requirementOf(value: string | undefined, path: string): Requirement {
  const requirement = REQUIREMENTS.find((candidate) => candidate === value);
  if (!requirement) throw fileError('invalid_member', path, `must be one of ${REQUIREMENTS.join(', ')}`);
  return requirement;
}

/** A flow of the file may not have the alias of a sub-flow that a missing built-in flow brings along. */
function refuseTakenAliases(names: NameIndex, builtIn: FlowCatalog): void {
  for (const { alias } of builtIn.flows) {
    if (names.find(alias) !== undefined)
      throw fileError('duplicate_name', 'authenticationFlows', `"${alias}" is the alias of a built-in flow`);
  }
}

/** A flow that contains itself would never end. */
function refuseCycles({ flows, executions }: FlowCatalog): void {
  const children = new Map(
    flows.map(({ id }) => [id, executions.flatMap((row) => (row.parentFlowId === id ? (row.flowId ?? []) : []))]),
  );
  const done = new Set<string>();
  const visit = (id: string, above: ReadonlySet<string>): void => {
    if (above.has(id)) {
      const alias = flows.find((flow) => flow.id === id)?.alias ?? id;
      throw fileError('flow_cycle', 'authenticationFlows', `flow "${alias}" contains itself`);
    }
    if (done.has(id)) return;
    for (const child of children.get(id) ?? []) visit(child, new Set([...above, id]));
    done.add(id);
  };
  for (const { id } of flows) visit(id, new Set());
}

function headOf(catalog: FlowCatalog, flow: StoredFlow, createdAt: number): readonly FlowVersion[] {
  const definition = definitionOf(catalog, flow.id);
  return definition
    ? [{ hash: hashDefinition(definition), realmId: flow.realmId, flowId: flow.id, definition, createdAt }]
    : [];
}

function bindings(body: RealmData, flows: readonly StoredFlow[]): FlowBindings {
  // In files of older versions an empty text means that nothing is bound.
  const named = bindingsOf(body).filter(([, alias]) => alias !== '');
  const bound = named.map(([field, alias]) => {
    const flow = flows.find((candidate) => candidate.alias === alias && candidate.topLevel);
    if (!flow) throw fileError('unknown_reference', field, `there is no top-level flow "${alias}"`);
    return [field, flow.id] as const;
  });
  return Object.fromEntries(bound);
}
