import type { AuthenticatorRegistry } from '../engine/index.js';
import type { Edited, IdMaker } from './edited.js';
import { isEmptyAlias } from './flow-alias.js';
import { executionsOf, flowByAlias } from './flow-catalog.js';
import { flowKind, nextPosition } from './flow-edits.js';
import { flowErrors } from './flow-errors.js';
import { priorityAfter, requirePriority } from './priorities.js';
import { requireRequirement } from './requirement.js';
import { findProvider } from './step-providers.js';
import type { FlowCatalog, StoredExecution, StoredFlow } from './stored-flow.js';

/** A step to be placed in a flow. */
export interface StepInput {
  readonly provider: string;
  readonly requirement?: string | undefined;
  readonly priority?: number | undefined;
}

/** A new flow to be placed in a flow. `provider` is the page of a form-flow and means nothing for the other kinds. */
export interface SubflowInput {
  readonly alias?: string | undefined;
  readonly type?: string | undefined;
  readonly provider?: string | undefined;
  readonly description?: string | undefined;
  readonly priority?: number | undefined;
}

/**
 * Places a step at the end of a flow, or where `priority` says. It gets the provider's only requirement, or DISABLED where there
 * is a choice, so that a half-built flow does not take effect. The answer is the id of the execution.
 */
export function addStep(
  catalog: FlowCatalog,
  registry: AuthenticatorRegistry,
  parent: StoredFlow,
  input: StepInput,
  newId: IdMaker,
): Edited<string> {
  if (parent.builtIn) throw flowErrors.builtInAddExecution();
  const provider = findProvider(registry, parent.providerId, input.provider);
  if (provider === undefined) throw flowErrors.providerUnknown(input.provider);
  const [only, ...others] = provider.requirements;
  const usual = only !== undefined && others.length === 0 ? only : 'DISABLED';

  return place(catalog, parent, input.priority, {
    id: newId(),
    requirement: input.requirement === undefined ? usual : requireRequirement(input.requirement),
    authenticator: provider.id,
  });
}

/** Makes a new flow and places it in another, disabled. The answer is the id of the *flow*, as the reference has it. */
export function addSubflow(
  catalog: FlowCatalog,
  parent: StoredFlow,
  input: SubflowInput,
  newId: IdMaker,
): Edited<string> {
  if (parent.builtIn) throw flowErrors.builtInAddSubflow();
  if (isEmptyAlias(input.alias)) throw flowErrors.aliasEmptyAtCreate();
  if (flowByAlias(catalog, input.alias)) throw flowErrors.aliasTakenByNew();
  if (input.type === undefined) throw flowErrors.subflowKindMissing();

  const flow: StoredFlow = {
    id: newId(),
    realmId: parent.realmId,
    alias: input.alias,
    description: input.description ?? '',
    providerId: flowKind(input.type, 'type'),
    topLevel: false,
    builtIn: false,
    position: nextPosition(catalog),
  };
  const { catalog: edited } = place({ ...catalog, flows: [...catalog.flows, flow] }, parent, input.priority, {
    id: newId(),
    requirement: 'DISABLED',
    flowId: flow.id,
    ...(flow.providerId === 'form-flow' && input.provider !== undefined && { authenticator: input.provider }),
  });
  return { catalog: edited, result: flow.id };
}

function place(
  catalog: FlowCatalog,
  parent: StoredFlow,
  priority: number | undefined,
  content: Omit<StoredExecution, 'realmId' | 'parentFlowId' | 'priority'>,
): Edited<string> {
  const execution: StoredExecution = {
    ...content,
    realmId: parent.realmId,
    parentFlowId: parent.id,
    priority: priority === undefined ? priorityAfter(executionsOf(catalog, parent.id)) : requirePriority(priority),
  };
  return { catalog: { ...catalog, executions: [...catalog.executions, execution] }, result: execution.id };
}
