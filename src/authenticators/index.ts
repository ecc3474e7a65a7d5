import {
  AuthenticatorRegistry,
  type Authenticator,
  type AuthenticatorDescriptor,
  type RegisteredAuthenticator,
  type StepExecution,
} from '../engine/index.js';
import { allowAccess } from './allow-access/allow-access.authenticator.js';
import { authCookie } from './auth-cookie/auth-cookie.authenticator.js';
import { authOtpForm } from './auth-otp-form/auth-otp-form.authenticator.js';
import { authPasswordForm } from './auth-password-form/auth-password-form.authenticator.js';
import { authUsernameForm } from './auth-username-form/auth-username-form.authenticator.js';
import { authUsernamePasswordForm } from './auth-username-password-form/auth-username-password-form.authenticator.js';
import { conditionalClientScope } from './conditional-client-scope/conditional-client-scope.authenticator.js';
import { conditionalCredential } from './conditional-credential/conditional-credential.authenticator.js';
import { conditionalSubFlowExecuted } from './conditional-sub-flow-executed/conditional-sub-flow-executed.authenticator.js';
import { conditionalUserAttribute } from './conditional-user-attribute/conditional-user-attribute.authenticator.js';
import { conditionalUserConfigured } from './conditional-user-configured/conditional-user-configured.authenticator.js';
import { conditionalUserRole } from './conditional-user-role/conditional-user-role.authenticator.js';
import { denyAccess } from './deny-access/deny-access.authenticator.js';
import { directGrantValidateOtp } from './direct-grant/direct-grant-validate-otp.authenticator.js';
import { directGrantValidatePassword } from './direct-grant/direct-grant-validate-password.authenticator.js';
import { directGrantValidateUsername } from './direct-grant/direct-grant-validate-username.authenticator.js';
import { identityProviderRedirector } from './identity-provider-redirector/identity-provider-redirector.authenticator.js';
import { LATER_AUTHENTICATORS, laterAuthenticator } from './later/later-authenticators.js';
import { CLIENT_AUTHENTICATORS, FORM_ACTIONS } from './later/form-and-client-providers.js';
import type { AuthenticatorPorts } from './ports.js';
import { resetCredentialEmail } from './reset-credential-email/reset-credential-email.authenticator.js';
import { resetCredentialsChooseUser } from './reset-credentials-choose-user/reset-credentials-choose-user.authenticator.js';
import { resetOtp } from './reset-otp/reset-otp.authenticator.js';
import { resetPassword } from './reset-password/reset-password.authenticator.js';
import { userSessionLimits } from './user-session-limits/user-session-limits.authenticator.js';

export { CLIENT_AUTHENTICATORS, FORM_ACTIONS, FORM_PROVIDERS } from './later/form-and-client-providers.js';
export type { AuthenticatorPorts } from './ports.js';

/** THE list of authenticators. To add one: make its folder, add it here. */
const AUTHENTICATORS: readonly AuthenticatorDescriptor<AuthenticatorPorts>[] = [
  authCookie,
  authUsernamePasswordForm,
  authUsernameForm,
  authPasswordForm,
  authOtpForm,
  identityProviderRedirector,
  allowAccess,
  denyAccess,
  userSessionLimits,
  directGrantValidateUsername,
  directGrantValidatePassword,
  directGrantValidateOtp,
  resetCredentialsChooseUser,
  resetCredentialEmail,
  resetPassword,
  resetOtp,
  conditionalUserConfigured,
  conditionalUserRole,
  conditionalUserAttribute,
  conditionalClientScope,
  conditionalSubFlowExecuted,
  conditionalCredential,
  ...LATER_AUTHENTICATORS.map(laterAuthenticator),
];

/** Providers that stand in form flows and client flows: known to the checks, never run as login steps. */
const PARTS_OF_OTHER_FLOWS = [...FORM_ACTIONS, ...CLIENT_AUTHENTICATORS].map(laterAuthenticator);

/** Ids of the providers that login flows (basic flows) may hold, as `GET authenticator-providers` lists them. */
export const AUTHENTICATOR_IDS: readonly string[] = AUTHENTICATORS.map(({ id }) => id);

/** Builds every authenticator with its ports. `isConfigured` is made here, because it asks the other authenticators. */
export function createAuthenticatorRegistry(ports: Omit<AuthenticatorPorts, 'isConfigured'>): AuthenticatorRegistry {
  const complete: AuthenticatorPorts = {
    ...ports,
    isConfigured: (execution, stored) => isConfigured(registry, execution, stored),
  };
  const entries = [...AUTHENTICATORS, ...PARTS_OF_OTHER_FLOWS].map((descriptor): RegisteredAuthenticator => ({
    descriptor,
    instance: descriptor.create(complete),
  }));
  const registry = new AuthenticatorRegistry(entries);
  return registry;
}

function isConfigured(registry: AuthenticatorRegistry, execution: StepExecution, stored: readonly string[]): boolean {
  const entry = registry.find(execution.authenticator);
  if (!entry || entry.descriptor.available === false) return false;
  if (entry.descriptor.kind === 'condition') return true;
  const authenticator = entry.instance as Authenticator;
  return authenticator.configuredFor?.(stored) ?? true;
}
