import type { Authenticator, AuthenticatorDescriptor, Step } from './authenticator.js';
import type { UserFacts } from './flow-runner-types.js';
import type { FailureCode } from './outcome.js';

/** Whether a step can be asked: yes; the user has to set something up after the login; or it is an error. */
export type Readiness =
  | { readonly kind: 'ready' }
  | { readonly kind: 'setup'; readonly action: string }
  | { readonly kind: 'error'; readonly code: FailureCode };

const READY: Readiness = { kind: 'ready' };
const SETUP_MISSING: Readiness = { kind: 'error', code: 'credential_setup_required' };

/** The checks before a step is asked (2.5): is the user it needs there, and has the user what it asks for? */
export async function readinessOf(
  descriptor: AuthenticatorDescriptor<never>,
  authenticator: Authenticator,
  step: Step,
  userFacts: Pick<UserFacts, 'isActionEnabled'>,
): Promise<Readiness> {
  const { needsUser, credentialType, setupAction } = descriptor;
  if (step.userId === undefined) return needsUser ? { kind: 'error', code: 'unknown_user' } : READY;
  // A step that finds users itself may ask a user who lacks its credential, as long as the user can get one.
  if (!needsUser && (credentialType === undefined || setupAction !== undefined)) return READY;
  if (!authenticator.configuredFor || authenticator.configuredFor(await step.storedTypes())) return READY;
  const maySetUp =
    needsUser &&
    setupAction !== undefined &&
    step.execution.requirement === 'REQUIRED' &&
    (await userFacts.isActionEnabled(step.realmId, setupAction));
  return maySetUp ? { kind: 'setup', action: setupAction } : SETUP_MISSING;
}
