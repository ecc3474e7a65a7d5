import { checkFlow } from '../engine/index.js';
import type { AuthenticatorRegistry, FlowDefinition, FlowKind, FlowProblem } from '../engine/index.js';
import type { BindingField } from '../realm/realm.js';
import type { OverrideKey } from './flow-uses.js';
import type { StoredFlow } from './stored-flow.js';

/** Kind of flow a binding takes. */
const kindBoundTo = (field: BindingField | OverrideKey): FlowKind =>
  field === 'clientAuthenticationFlow' ? 'client-flow' : 'basic-flow';

/**
 * Says why a flow may not be bound, or undefined when it may: it must be a top-level flow of the right kind and free of the
 * errors that `checkFlow` finds (nothing enabled in it, a limiter without a config, an unknown provider, ...). The reference
 * binds anything and then fails at each login.
 *
 * @param definition the flow as it would run
 */
export function checkBinding(
  field: BindingField | OverrideKey,
  flow: Pick<StoredFlow, 'topLevel' | 'providerId'>,
  definition: FlowDefinition,
  registry: AuthenticatorRegistry,
): FlowProblem | undefined {
  const kind = kindBoundTo(field);
  if (!flow.topLevel) return problem('subflow_bound', 'It is a sub-flow');
  if (flow.providerId !== kind) return problem('wrong_kind', `It is a ${flow.providerId} where a ${kind} is needed`);
  return checkFlow(definition, registry).find(({ severity }) => severity === 'error');
}

const problem = (code: string, message: string): FlowProblem => ({ path: '$', code, message, severity: 'error' });
