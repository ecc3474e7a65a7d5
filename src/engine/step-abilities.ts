import type { AuthenticatorDescriptor, Step, StepAbilities } from './authenticator.js';
import type { Outcome } from './outcome.js';

/**
 * The outcome, if the step is able to bring it about. The proofs of flows are as good as what steps say of themselves, so a step that
 * does more ends the login.
 *
 * @throws Error a defect of the authenticator
 */
export function heldTo(
  { id, abilities }: Pick<AuthenticatorDescriptor<never>, 'id' | 'abilities'>,
  phase: keyof Pick<StepAbilities, 'atOnce' | 'onSubmit'>,
  step: Pick<Step, 'userId'>,
  outcome: Outcome,
): Outcome {
  if (abilities === undefined) return outcome;
  const exceeds = (what: string): Error => new Error(`${id} ${what}, which is none of its abilities`);
  if (!(abilities[phase] ?? []).includes(outcome.kind)) throw exceeds(`answered ${outcome.kind}`);
  if (outcome.kind !== 'success') return outcome;
  if (outcome.userId !== undefined && step.userId === undefined && !abilities.findsUser) throw exceeds('found a user');
  if (outcome.credentialType !== undefined && abilities.proves !== 'credential') throw exceeds('proved a credential');
  return outcome;
}
