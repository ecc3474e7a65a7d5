import type { AuthenticatorDescriptor, ConfigProperty, Outcome, Requirement } from '../../engine/index.js';
import { defineConfig } from '../config-field.js';
import { X509_PROPERTIES } from './x509-properties.js';

/** A provider of the reference that is listed, may be placed and enabled, and stands aside until it is built. */
export interface LaterProvider {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly requirements: readonly Requirement[];
  readonly properties?: readonly ConfigProperty[];
  /** True for what works, though not as a step of a login (client authentication at the token endpoint). */
  readonly works?: true;
}

const RAD: readonly Requirement[] = ['REQUIRED', 'ALTERNATIVE', 'DISABLED'];
const RD: readonly Requirement[] = ['REQUIRED', 'DISABLED'];
const R: readonly Requirement[] = ['REQUIRED'];

/** Authenticators (Keycloak engine reference 3.1) that answer "attempted" for now; the checks of a flow name them in a warning. */
export const LATER_AUTHENTICATORS: readonly LaterProvider[] = [
  { id: 'auth-spnego', title: 'Kerberos', requirements: RAD, help: 'Signs in with a Kerberos ticket (SPNEGO).' },
  {
    id: 'organization',
    title: 'Organization Identity-First Login',
    requirements: RAD,
    help: 'Finds the organization of the user from the e-mail address.',
    properties: [{ name: 'requiresUserMembership', label: 'Requires user membership', type: 'boolean' }],
  },
  {
    id: 'auth-conditional-otp-form',
    title: 'Conditional OTP Form',
    requirements: RAD,
    help: 'Asks for a one-time code depending on the user or the request.',
    properties: [
      { name: 'otpControlAttribute', label: 'OTP control User Attribute', type: 'String' },
      { name: 'skipOtpRole', label: 'Skip OTP for Role', type: 'Role' },
      { name: 'forceOtpRole', label: 'Force OTP for Role', type: 'Role' },
      { name: 'noOtpRequiredForHeaderPattern', label: 'Skip OTP for Header', type: 'String', defaultValue: '' },
      { name: 'forceOtpForHeaderPattern', label: 'Force OTP for Header', type: 'String', defaultValue: '' },
      { name: 'defaultOtpOutcome', label: 'Fallback OTP handling', type: 'List', options: ['skip', 'force'] },
    ],
  },
  {
    id: 'auth-recovery-authn-code-form',
    title: 'Recovery Authentication Code Form',
    requirements: RAD,
    help: 'Asks for a recovery code.',
  },
  {
    id: 'webauthn-authenticator',
    title: 'WebAuthn Authenticator',
    requirements: RAD,
    help: 'Asks for a security key as a second factor.',
  },
  {
    id: 'webauthn-authenticator-passwordless',
    title: 'WebAuthn Passwordless Authenticator',
    requirements: RAD,
    help: 'Signs in with a passkey.',
  },
  {
    id: 'auth-x509-client-username-form',
    title: 'X509/Validate Username Form',
    requirements: RAD,
    help: 'Signs in with a client certificate in the browser.',
    properties: X509_PROPERTIES,
  },
  {
    id: 'direct-grant-auth-x509-username',
    title: 'X509/Validate Username',
    requirements: RAD,
    help: 'Finds the user by a client certificate at the token endpoint.',
    properties: X509_PROPERTIES,
  },
  {
    id: 'http-basic-authenticator',
    title: 'HTTP Basic Authentication',
    requirements: RAD,
    help: 'Checks HTTP Basic credentials.',
  },
  {
    id: 'docker-http-basic-authenticator',
    title: 'Docker Authenticator',
    requirements: R,
    help: 'Checks the credentials of a docker client.',
  },
  {
    id: 'idp-review-profile',
    title: 'Review Profile',
    requirements: RAD,
    help: 'Lets the user review the profile that a provider sent.',
    properties: [
      {
        name: 'update.profile.on.first.login',
        label: 'Update Profile on First Login',
        type: 'List',
        defaultValue: 'missing',
        options: ['on', 'missing', 'off'],
      },
    ],
  },
  {
    id: 'idp-create-user-if-unique',
    title: 'Create User If Unique',
    requirements: RAD,
    help: 'Creates a user for an identity when there is none like it.',
    properties: [
      {
        name: 'require.password.update.after.registration',
        label: 'Require Password Update After Registration',
        type: 'boolean',
      },
    ],
  },
  {
    id: 'idp-detect-existing-broker-user',
    title: 'Detect existing broker user',
    requirements: RAD,
    help: 'Finds the user that an identity belongs to.',
  },
  {
    id: 'idp-confirm-link',
    title: 'Confirm link existing account',
    requirements: RAD,
    help: 'Asks whether an identity is to be linked to an account.',
  },
  {
    id: 'idp-confirm-override-link',
    title: 'Confirm override existing link',
    requirements: RAD,
    help: 'Asks whether a link is to be replaced.',
  },
  {
    id: 'idp-email-verification',
    title: 'Verify existing account by Email',
    requirements: RAD,
    help: 'Checks by mail that the account belongs to the person.',
  },
  {
    id: 'idp-username-password-form',
    title: 'Username Password Form for identity provider reauthentication',
    requirements: R,
    help: 'Asks for the password of the account to link.',
  },
  {
    id: 'idp-auto-link',
    title: 'Automatically set existing user',
    requirements: RAD,
    help: 'Links an identity to the account like it without asking.',
  },
  {
    id: 'idp-add-organization-member',
    title: 'Organization Member Onboard',
    requirements: RAD,
    help: 'Makes the user a member of the organization.',
  },
  {
    id: 'conditional-level-of-authentication',
    title: 'Condition - Level of Authentication',
    requirements: RD,
    help: 'Runs the sub-flow depending on the level of authentication asked for.',
    properties: [
      { name: 'loa-condition-level', label: 'loa-condition-level', type: 'String' },
      { name: 'loa-max-age', label: 'loa-max-age', type: 'String', defaultValue: 36_000 },
    ],
  },
];

/** The descriptor of a provider that is not built yet, or that never runs as a step of a login. */
export function laterAuthenticator(provider: LaterProvider): AuthenticatorDescriptor<unknown> {
  const isCondition = provider.id.startsWith('conditional-');
  return {
    id: provider.id,
    title: provider.title,
    help: provider.help,
    kind: isCondition ? 'condition' : 'step',
    needsUser: false,
    requirements: provider.requirements,
    ...(provider.works ? {} : { available: false }),
    ...(provider.properties ? { config: defineConfig(provider.properties, (values) => values) } : {}),
    create: () =>
      isCondition
        ? { holds: (): Promise<boolean> => Promise.resolve(false) }
        : { start: (): Promise<Outcome> => Promise.resolve({ kind: 'attempted' }) },
  };
}
