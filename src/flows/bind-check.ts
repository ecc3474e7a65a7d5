import { checkFlow } from '../engine/index.js';
import type { AuthenticatorRegistry, FlowDefinition, FlowKind, FlowProblem } from '../engine/index.js';
import type { BindingField } from '../realm/realm.js';
import type { AdminDoors } from './admin-doors.js';
import type { FlowCompiler } from './flow-compiler.js';
import type { Channel, FlowProofs } from './flow-proofs.js';
import type { BindingPlace, OverrideKey } from './flow-uses.js';
import { claimInWords } from './proof-words.js';
import type { StoredFlow } from './stored-flow.js';

/** How much is refused: `strict` also refuses a flow that is closed on purpose, or lets people in without proof. */
export type FlowGuard = 'normal' | 'strict';

/** Kind of flow a binding takes. */
const kindBoundTo = (field: BindingField | OverrideKey): FlowKind =>
  field === 'clientAuthenticationFlow' ? 'client-flow' : 'basic-flow';

/** Places whose flows are logins, and how they talk to the person. */
const CHANNELS: Readonly<Partial<Record<BindingField | OverrideKey, Channel>>> = {
  browserFlow: 'browser',
  browser: 'browser',
  resetCredentialsFlow: 'browser',
  directGrantFlow: 'direct',
  direct_grant: 'direct',
};

/**
 * What no guard and no administrator changes: a bound flow is a top-level flow of the right kind, free of the errors that `checkFlow`
 * finds (nothing enabled in it, a limiter without a config, an unknown provider, ...). Undefined when that is so.
 *
 * @param definition the flow as it would run
 */
export function checkBinding(
  field: BindingPlace['field'],
  flow: Pick<StoredFlow, 'topLevel' | 'providerId'>,
  definition: FlowDefinition,
  registry: AuthenticatorRegistry,
): FlowProblem | undefined {
  const kind = kindBoundTo(field);
  if (!flow.topLevel) return problem('subflow_bound', 'It is a sub-flow');
  if (flow.providerId !== kind) return problem('wrong_kind', `It is a ${flow.providerId} where a ${kind} is needed`);
  return checkFlow(definition, registry).find(({ severity }) => severity === 'error');
}

/**
 * Decides which flows may be bound where (issue 5, "Bind check"). The reference binds anything and then fails at each login.
 */
export class BindCheck {
  constructor(
    private readonly registry: AuthenticatorRegistry,
    private readonly compiler: FlowCompiler,
    private readonly proofs: Pick<FlowProofs, 'of'>,
    private readonly adminDoors: AdminDoors,
    private readonly guard: FlowGuard,
  ) {}

  /**
   * Says why a flow may not be bound, or undefined when it may: `checkBinding`, and where the realm's own administrators come in, one
   * of them must be able to finish it. Under the strict guard nothing may be left that `warning` would say.
   *
   * @param definition the flow as it would run
   */
  async problem(
    place: BindingPlace,
    flow: Pick<StoredFlow, 'topLevel' | 'providerId'>,
    definition: FlowDefinition,
  ): Promise<FlowProblem | undefined> {
    const error = checkBinding(place.field, flow, definition, this.registry);
    if (error) return error;
    const warning = this.isStrict ? this.warning(place, definition) : undefined;
    if (warning !== undefined) return problem('flow_guard', `${warning} SLUICE_FLOW_GUARD is strict`);
    const lockedOut = await this.adminDoors.lockedOut(place, () => this.compiler.compile(definition));
    return lockedOut === undefined ? undefined : problem('admins_locked_out', lockedOut);
  }

  get isStrict(): boolean {
    return this.guard === 'strict';
  }

  /** What speaks against a flow that may be bound all the same: nobody gets in, or somebody does without a credential. */
  warning({ field }: BindingPlace, definition: FlowDefinition): string | undefined {
    const channel = CHANNELS[field];
    if (channel === undefined) return undefined;
    const compiled = this.compiler.compile(definition);
    const failing = this.proofs
      .of(compiled, channel)
      .claims.find(({ id, verdict }) => verdict === 'fails' && (id === 'can-finish' || id === 'authenticates'));
    return failing && claimInWords(failing, compiled, this.registry);
  }
}

const problem = (code: string, message: string): FlowProblem => ({ path: '$', code, message, severity: 'error' });
