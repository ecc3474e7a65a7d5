import type { AuthenticatorDescriptor, Step } from './authenticator.js';
import type { CompiledFlow } from './flow-compiler.js';
import type { LeafNode } from './flow-plan.js';
import type { RunEnvironment, UserFacts } from './flow-runner-types.js';
import type { Knowledge } from './flow-state.js';
import type { Statuses } from './flow-context.js';

/** Puts together what one step may know. */
export function stepFor(
  flow: CompiledFlow,
  leaf: LeafNode,
  descriptor: AuthenticatorDescriptor<never>,
  environment: RunEnvironment,
  known: Knowledge,
  statuses: Statuses,
  facts: UserFacts,
): Step {
  const { execution, siblings } = leaf;
  return {
    realmId: environment.realmId,
    clientId: environment.clientId,
    parameters: environment.parameters,
    browserSession: environment.browserSession,
    remoteAddress: environment.remoteAddress,
    channel: environment.channel,
    ...(environment.opensSession === false ? { opensSession: false as const } : {}),
    place: environment.place,
    execution,
    siblings,
    config: execution.config && descriptor.config?.read(execution.config.values),
    userId: known.userId,
    userFixed: known.userFixed,
    credentialTypes: known.credentialTypes,
    storedTypes: () =>
      known.userId === undefined ? Promise.resolve([]) : facts.credentialTypes(environment.realmId, known.userId),
    notes: known.notes,
    succeededSubflows: succeededSubflows(flow, statuses),
  };
}

function succeededSubflows(flow: CompiledFlow, statuses: Statuses): readonly string[] {
  const aliases: string[] = [];
  for (const [id, { flow: subflow }] of flow.subflows) if (statuses[id] === 'SUCCESS') aliases.push(subflow.alias);
  return aliases;
}
