import type { LaterProvider } from './later-authenticators.js';

/** Pages of form flows (`GET form-providers`). */
export const FORM_PROVIDERS: readonly LaterProvider[] = [
  {
    id: 'registration-page-form',
    title: 'Registration Page',
    requirements: ['REQUIRED', 'DISABLED'],
    help: 'The page on which a person makes an account.',
  },
];

const recaptcha = [
  { name: 'action', label: 'Action Name', type: 'String', defaultValue: 'register' },
  { name: 'useRecaptchaNet', label: 'Use recaptcha.net', type: 'boolean', defaultValue: false },
  { name: 'recaptcha.v3', label: 'reCAPTCHA v3', type: 'boolean', defaultValue: false },
] as const;

/** Steps of form flows (`GET form-action-providers`). */
export const FORM_ACTIONS: readonly LaterProvider[] = [
  {
    id: 'registration-user-creation',
    title: 'Registration User Profile Creation',
    requirements: ['REQUIRED', 'DISABLED'],
    help: 'Creates the account from the form. Must come first.',
  },
  {
    id: 'registration-password-action',
    title: 'Password Validation',
    requirements: ['REQUIRED', 'DISABLED'],
    help: 'Checks the new password and stores it.',
    properties: [
      { name: 'always_set_password_on_register_form', label: 'Always set password on register form', type: 'boolean' },
    ],
  },
  {
    id: 'registration-recaptcha-action',
    title: 'reCAPTCHA',
    requirements: ['REQUIRED', 'DISABLED'],
    help: 'Asks the person to pass a reCAPTCHA.',
    properties: [
      { name: 'site.key', label: 'reCAPTCHA Site Key', type: 'String' },
      { name: 'secret.key', label: 'reCAPTCHA Secret', type: 'String', secret: true },
      ...recaptcha,
    ],
  },
  {
    id: 'registration-recaptcha-enterprise',
    title: 'reCAPTCHA Enterprise',
    requirements: ['REQUIRED', 'DISABLED'],
    help: 'Asks the person to pass a reCAPTCHA Enterprise.',
    properties: [
      { name: 'project.id', label: 'Project ID', type: 'String' },
      { name: 'site.key', label: 'reCAPTCHA Site Key', type: 'String' },
      { name: 'api.key', label: 'Google API Key', type: 'String', secret: true },
      { name: 'score.threshold', label: 'Min. Score Threshold', type: 'String', defaultValue: '0.7' },
      ...recaptcha,
    ],
  },
  {
    id: 'registration-terms-and-conditions',
    title: 'Terms and conditions',
    requirements: ['REQUIRED', 'DISABLED'],
    help: 'Asks the person to accept the terms.',
  },
];

export interface ClientAuthenticator extends LaterProvider {
  readonly supportsSecret: boolean;
  /** Attributes of a client that this way needs. */
  readonly ofEachClient?: LaterProvider['properties'];
}

/** Ways in which clients authenticate (`GET client-authenticator-providers`); `works` says which the endpoints of clients accept. */
export const CLIENT_AUTHENTICATORS: readonly ClientAuthenticator[] = [
  {
    id: 'client-secret',
    title: 'Client Id and Secret',
    requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
    help: 'The client sends its id and secret, by HTTP Basic or in the form.',
    supportsSecret: true,
    works: true,
  },
  {
    id: 'client-jwt',
    title: 'Signed JWT',
    requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
    help: 'The client sends a JWT signed with its private key.',
    supportsSecret: false,
    works: true,
  },
  {
    id: 'client-secret-jwt',
    title: 'Signed JWT with Client Secret',
    requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
    help: 'The client sends a JWT signed with its secret.',
    supportsSecret: true,
    works: true,
  },
  {
    id: 'client-x509',
    title: 'X509 Certificate',
    requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
    help: 'The client shows a certificate.',
    supportsSecret: false,
  },
  {
    id: 'federated-jwt',
    title: 'Signed JWT - Federated',
    requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
    help: 'The client sends a JWT of another issuer that the realm trusts.',
    ofEachClient: [
      { name: 'jwt.credential.issuer', label: 'Identity provider', type: 'String', required: true },
      { name: 'jwt.credential.sub', label: 'Federated subject', type: 'String', required: true },
    ],
    supportsSecret: false,
  },
];
