import { SUBFLOW_REQUIREMENTS } from '../engine/index.js';
import type { FlowKind } from '../engine/index.js';
import { NotFoundError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { RequiredActionSetting } from '../realm/realm.js';
import { configById, executionRows, executionsOf, flowById } from '../flows/flow-catalog.js';
import type { ExecutionRow } from '../flows/flow-catalog.js';
import type { StepProvider } from '../flows/step-providers.js';
import type { FlowCatalog, StoredConfig, StoredExecution, StoredFlow } from '../flows/stored-flow.js';
import { present } from './present.js';

/** Finds the provider of a step in a flow of a kind (`findProvider` of the flow feature, with the registry filled in). */
export type FindStepProvider = (kind: FlowKind, id: string) => StepProvider | undefined;

/** A flow with its own executions, sub-flows by alias (`GET flows`, realm exports). */
export const toFlowRepresentation = (flow: StoredFlow, catalog: FlowCatalog): JsonObject => ({
  id: flow.id,
  alias: flow.alias,
  description: flow.description,
  providerId: flow.providerId,
  topLevel: flow.topLevel,
  builtIn: flow.builtIn,
  authenticationExecutions: executionsOf(catalog, flow.id).map((execution) => toExport(execution, catalog)),
});

const toExport = (execution: StoredExecution, catalog: FlowCatalog): JsonObject =>
  present({
    authenticatorConfig: configById(catalog, execution.configId)?.alias,
    authenticator: execution.authenticator,
    authenticatorFlow: execution.flowId !== undefined,
    requirement: execution.requirement,
    priority: execution.priority,
    autheticatorFlow: execution.flowId !== undefined,
    flowAlias: flowById(catalog, execution.flowId)?.alias,
    userSetupAllowed: false,
  });

/** One execution by id (`GET executions/{id}`). */
export const toExecutionRepresentation = (execution: StoredExecution): JsonObject =>
  present({
    authenticatorConfig: execution.configId,
    authenticator: execution.authenticator,
    authenticatorFlow: execution.flowId !== undefined,
    requirement: execution.requirement,
    priority: execution.priority,
    autheticatorFlow: execution.flowId !== undefined,
    id: execution.id,
    flowId: execution.flowId,
    parentFlow: execution.parentFlowId,
  });

/**
 * Everything in a flow, depth first (`GET flows/{alias}/executions`).
 * @throws NotFoundError `provider_unknown` when a step names a provider that is not known here, as Keycloak does.
 */
export const toExecutionInfos = (catalog: FlowCatalog, flowId: string, find: FindStepProvider): readonly JsonObject[] =>
  executionRows(catalog, flowId).map((row) => toExecutionInfo(row, find));

function toExecutionInfo(row: ExecutionRow, find: FindStepProvider): JsonObject {
  const { execution, subflow } = row;
  const own = subflow ? ofSubflow(subflow) : ofStep(row, find);
  return present({
    id: execution.id,
    requirement: execution.requirement,
    displayName: own.displayName,
    alias: own.alias,
    description: own.description,
    requirementChoices: own.requirementChoices,
    configurable: own.configurable,
    authenticationFlow: subflow ? true : undefined,
    providerId: execution.authenticator,
    authenticationConfig: row.config?.id,
    flowId: subflow?.id,
    level: row.level,
    index: row.index,
    priority: execution.priority,
  });
}

interface OwnPart {
  readonly displayName: string;
  readonly alias?: string | undefined;
  readonly description?: string;
  readonly requirementChoices: readonly string[];
  readonly configurable: boolean;
}

const ofSubflow = (subflow: StoredFlow): OwnPart => ({
  displayName: subflow.alias,
  description: subflow.description,
  requirementChoices: SUBFLOW_REQUIREMENTS[subflow.providerId],
  configurable: false,
});

function ofStep({ execution, parent, config }: ExecutionRow, find: FindStepProvider): OwnPart {
  const provider = find(parent.providerId, execution.authenticator ?? '');
  if (!provider) {
    throw new NotFoundError('provider_unknown', 'Could not find authenticator provider', {
      detail: execution.authenticator ?? 'none',
    });
  }
  return {
    displayName: provider.title,
    alias: provider.configurable ? config?.alias : undefined,
    requirementChoices: provider.requirements,
    configurable: provider.configurable,
  };
}

export const toConfigRepresentation = (config: StoredConfig): JsonObject => ({
  id: config.id,
  alias: config.alias,
  config: config.values,
});

export const toRequiredActionRepresentation = (action: RequiredActionSetting): JsonObject =>
  present({
    alias: action.alias,
    name: action.name,
    providerId: action.providerId,
    enabled: action.enabled,
    defaultAction: action.defaultAction,
    priority: action.priority,
    config: action.config,
  });
