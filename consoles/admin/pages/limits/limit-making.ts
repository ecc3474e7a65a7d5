import type { ApiClient } from '../../../kit/api/api-client.js';
import { bind, type BindingTarget } from '../../flows/bindings.js';
import type { Door, Execution, Flow, Proof, StepConfig } from '../../flows/flow-api.js';
import { flowPath } from '../../flows/flow-queries.js';
import { LIMITER, limiterIn, placeIn, type DoorPlan, type LimitWishes } from './limit-plan.js';
import type { LimiterValues } from './limiter-values.js';

/** What was made for a door, before it is bound. */
export interface MadeDoor extends DoorPlan {
  readonly flow: Pick<Flow, 'id' | 'alias'>;
  readonly executions: readonly Execution[];
  readonly limiter: Execution;
  readonly proof: Proof;
}

const rowsOf = (api: ApiClient, alias: string): Promise<readonly Execution[]> =>
  api.get<readonly Execution[]>(`${flowPath(alias)}/executions`);

/** Makes what a plan says, without binding it, and has it proved. What runs now does not change. @throws ApiError */
export async function make(api: ApiClient, plan: DoorPlan, values: LimiterValues): Promise<MadeDoor> {
  const id = plan.kind === 'copy' ? await copyWithLimiter(api, plan, values) : plan.from.id;
  const channel = plan.door === 'direct_grant' ? 'direct' : 'browser';
  const [executions, proof] = await Promise.all([
    rowsOf(api, plan.name),
    api.get<Proof>(`${flowPath(plan.name)}/proof`, { channel }),
  ]);
  const limiter = limiterIn(executions);
  if (!limiter) throw new Error(`Flow ${plan.name} has no limiter`);
  return { ...plan, flow: { id, alias: plan.name }, executions, limiter, proof };
}

/** @returns id of the copy */
async function copyWithLimiter(api: ApiClient, { from, name, door }: DoorPlan, values: LimiterValues): Promise<string> {
  const { createdId: id = '' } = await api.post(`${flowPath(from.alias)}/copy`, { newName: name });
  try {
    const rows = await rowsOf(api, name);
    const present = limiterIn(rows);
    const config = { alias: `limits of ${name}`, config: values };
    if (present) {
      if (present.requirement !== 'REQUIRED')
        await api.put(`${flowPath(name)}/executions`, { ...present, requirement: 'REQUIRED' });
      await setValues(api, present, config);
    } else {
      const parentFlow = placeIn(rows, door)?.flowId ?? id;
      const body = { parentFlow, authenticator: LIMITER, requirement: 'REQUIRED' };
      const { createdId: step = '' } = await api.post('/authentication/executions', body);
      await api.post(`/authentication/executions/${step}/config`, config);
    }
    return id;
  } catch (error) {
    // A half-made copy is of no use to anybody.
    await api.delete(`/authentication/flows/${id}`).catch(() => undefined);
    throw error;
  }
}

async function setValues(api: ApiClient, limiter: Execution, config: StepConfig): Promise<void> {
  const { id, authenticationConfig } = limiter;
  if (authenticationConfig === undefined) {
    await api.post(`/authentication/executions/${id}/config`, config);
    return;
  }
  const before = await api.get<StepConfig>(`/authentication/config/${authenticationConfig}`);
  // What else is set there stays.
  const body = { id: authenticationConfig, alias: before.alias, config: { ...before.config, ...config.config } };
  await api.put(`/authentication/config/${authenticationConfig}`, body);
}

/** Takes back what was made and not bound. */
export async function discard(api: ApiClient, made: readonly MadeDoor[]): Promise<void> {
  for (const { kind, flow } of made) if (kind === 'copy') await api.delete(`/authentication/flows/${flow.id}`);
}

/** Puts what was made into force. @param confirmWithin seconds; absent: for good. @throws ApiError */
export async function putIntoForce(
  api: ApiClient,
  { client }: LimitWishes,
  made: readonly MadeDoor[],
  values: LimiterValues,
  confirmWithin?: number,
): Promise<void> {
  for (const { kind, door, flow, limiter } of made) {
    if (kind === 'change') await setValues(api, limiter, { alias: '', config: values });
    else await bind(api, targetOf(door, client), flow, confirmWithin);
  }
}

const targetOf = (door: Door, client: LimitWishes['client']): BindingTarget =>
  client === undefined
    ? { kind: 'realm', field: door === 'browser' ? 'browserFlow' : 'directGrantFlow' }
    : { kind: 'client', field: door, client };
