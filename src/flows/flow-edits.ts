import { FLOW_KINDS } from '../engine/index.js';
import type { FlowKind } from '../engine/index.js';
import { checkAliasCharacters, isEmptyAlias } from './flow-alias.js';
import { flowByAlias, flowById, flowsWithin, placementsOf } from './flow-catalog.js';
import { replaceRow } from './edited.js';
import type { Edited, IdMaker } from './edited.js';
import { flowErrors } from './flow-errors.js';
import type { FlowCatalog, StoredFlow } from './stored-flow.js';

/** A flow as a caller describes it; what is absent gets the reference's default, or stays as it is. */
export interface FlowInput {
  readonly alias?: string | undefined;
  readonly description?: string | undefined;
  readonly providerId?: string | undefined;
  readonly topLevel?: boolean | undefined;
  readonly builtIn?: boolean | undefined;
}

/** Position for a flow that comes to the realm now. */
export const nextPosition = ({ flows }: FlowCatalog): number =>
  flows.reduce((last, { position }) => Math.max(last, position), -1) + 1;

/** @throws InvalidInputError `flow_kind_unknown`: there is no engine for such a flow */
export function flowKind(kind: string, field: string): FlowKind {
  const known = FLOW_KINDS.find((candidate) => candidate === kind);
  if (known === undefined) throw flowErrors.kindUnknown(kind, field);
  return known;
}

/** Adds an empty flow. The answer is its id. */
export function createFlow(catalog: FlowCatalog, realmId: string, input: FlowInput, newId: IdMaker): Edited<string> {
  const { alias, description = '', providerId, topLevel = false, builtIn = false } = input;
  if (isEmptyAlias(alias)) throw flowErrors.aliasEmptyAtCreate();
  checkAliasCharacters(alias);
  if (flowByAlias(catalog, alias)) throw flowErrors.aliasTakenAtCreate(alias);
  if (providerId === undefined) throw flowErrors.kindMissing();

  const flow: StoredFlow = {
    id: newId(),
    realmId,
    alias,
    description,
    providerId: flowKind(providerId, 'providerId'),
    topLevel,
    builtIn,
    position: nextPosition(catalog),
  };
  return { catalog: { ...catalog, flows: [...catalog.flows, flow] }, result: flow.id };
}

/**
 * Changes the members of a flow itself. Its place in other flows is not the caller's to change here. The kind has to be said again,
 * as at the reference.
 */
export function updateFlow(catalog: FlowCatalog, id: string, input: FlowInput): Edited {
  const flow = flowById(catalog, id);
  if (flow === undefined) throw flowErrors.flowIdUnknown();
  if (isEmptyAlias(input.alias)) throw flowErrors.aliasEmptyAtUpdate();
  checkAliasCharacters(input.alias);
  if ((input.topLevel ?? flow.topLevel) !== flow.topLevel) throw flowErrors.topLevelFixed();

  const renamed = renameFlow(catalog, flow, input.alias, input.description);
  if (input.providerId === undefined) throw flowErrors.kindMissing();
  const changed: StoredFlow = {
    ...renamed,
    providerId: flowKind(input.providerId, 'providerId'),
    builtIn: input.builtIn ?? flow.builtIn,
  };
  return { catalog: { ...catalog, flows: replaceRow(catalog.flows, changed) }, result: undefined };
}

/**
 * The flow under another alias and description.
 *
 * @throws ConflictError `flow_alias_taken`
 */
export function renameFlow(catalog: FlowCatalog, flow: StoredFlow, alias: string, description?: string): StoredFlow {
  const holder = flowByAlias(catalog, alias);
  if (holder !== undefined && holder.id !== flow.id) throw flowErrors.aliasTakenAtUpdate();
  return { ...flow, alias, description: description ?? flow.description };
}

/**
 * Removes a flow with everything in it. Whether something is bound to it is for the caller to ask first.
 *
 * @throws ConflictError `subflow_in_use`: the reference removes the row and leaves the parent broken
 */
export function deleteFlow(catalog: FlowCatalog, id: string): Edited {
  const flow = flowById(catalog, id);
  if (flow === undefined) throw flowErrors.flowUnknown();
  if (flow.builtIn) throw flowErrors.builtInDelete();
  const placements = placementsOf(catalog, id);
  if (placements.length > 0) {
    const parents = placements.map((placement) => flowById(catalog, placement.parentFlowId)?.alias ?? '');
    throw flowErrors.subflowInUse(flow.alias, [...new Set(parents)]);
  }
  return { catalog: withoutFlow(catalog, id), result: undefined };
}

/**
 * The catalog without a flow, and without whatever below it nobody else uses: a sub-flow or a config that a part outside of it
 * shares (an import may bring such) stays.
 */
export function withoutFlow(catalog: FlowCatalog, id: string): FlowCatalog {
  const within = flowsWithin(catalog, id);
  const gone = new Set([id]);
  const isOrphaned = (flowId: string): boolean =>
    !gone.has(flowId) && placementsOf(catalog, flowId).every((placement) => gone.has(placement.parentFlowId));
  for (let next: string | undefined = id; next !== undefined; next = [...within].find(isOrphaned)) gone.add(next);

  return withoutUnusedConfigs(catalog, {
    ...catalog,
    flows: catalog.flows.filter((flow) => !gone.has(flow.id)),
    executions: catalog.executions.filter((execution) => !gone.has(execution.parentFlowId)),
  });
}

/** `after` without the configs that an execution named in `before` and none names any more. */
export function withoutUnusedConfigs(before: FlowCatalog, after: FlowCatalog): FlowCatalog {
  const wasUsed = new Set(before.executions.map((execution) => execution.configId));
  const isUsed = new Set(after.executions.map((execution) => execution.configId));
  return { ...after, configs: after.configs.filter((config) => isUsed.has(config.id) || !wasUsed.has(config.id)) };
}
