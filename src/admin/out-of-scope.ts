import { NotFoundError, NotSupportedError } from '../shared/errors.js';

const SENTENCES = {
  brokering: 'Identity brokering is not part of this server',
  organizations: 'Organizations are not part of this server',
  workflows: 'Workflows are not part of this server',
  registration: 'Client registration is not part of this server',
  authorization: 'Authorization services are not part of this server',
  impersonation: 'Impersonation is not part of this server',
  saml: 'SAML is not part of this server',
  federation: 'User federation is not part of this server',
  /** The reference's own sentence: its first permission model, types of clients, and credentials for third parties are off by default. */
  permissions: 'Feature not enabled',
} as const;

/** The refusal of what this server does not do (docs/compatibility.md). */
export const notSupported = (part: keyof typeof SENTENCES): NotSupportedError =>
  new NotSupportedError(part === 'permissions' ? 'feature_off' : 'not_supported', SENTENCES[part]);

/** No realm has organizations. */
export const organizationsOff = (): NotFoundError =>
  new NotFoundError('organizations_off', 'Organizations not enabled for this realm.');

/** There are none of these, so nobody can name one. */
export const noSuchThing = (sentence = 'HTTP 404 Not Found'): NotFoundError =>
  new NotFoundError('no_such_resource', sentence);
