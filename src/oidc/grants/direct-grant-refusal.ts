import type { DirectGrantResult } from '../../login/direct-grant-types.js';
import { invalidGrant, OAuthError } from '../oauth-error.js';
import { OFFLINE_NOT_ALLOWED } from './grant-refusal.js';

type Refusal = Extract<DirectGrantResult, { kind: 'refused' }>;

const wrongCredentials = (): OAuthError => invalidGrant('Invalid user credentials');

/**
 * The token endpoint's answer to a login that was refused (statuses and sentences of Keycloak 26.6 and later, engine reference 6.2). What
 * ends in a 500 there is a 400 with a sentence here.
 * @param sentence the refusal's message in words
 */
export function directGrantError({ code, status }: Refusal, sentence: string): OAuthError {
  switch (code) {
    case 'session_limit_exceeded':
      return new OAuthError(403, 'session_limit_exceeded', sentence);
    case 'access_denied':
      return new OAuthError(401, sentence);
    case 'user_disabled':
      return invalidGrant('Account disabled');
    case 'required_actions':
      return invalidGrant('Account is not fully set up');
    case 'offline_not_allowed':
      return new OAuthError(400, 'not_allowed', OFFLINE_NOT_ALLOWED.description);
    case 'invalid_request':
      return new OAuthError(status, 'invalid_request', 'Missing parameter: username');
    case 'credential_setup_required':
      return invalidGrant(
        'The login flow asks for a credential that the account does not have, or for a page that cannot be shown here',
      );
    case 'configuration_error':
      return invalidGrant(sentence);
    case 'cancelled':
      return new OAuthError(400, 'access_denied', sentence);
    case 'invalid_credentials':
    case 'missing_credentials':
    case 'unknown_user':
    case 'user_temporarily_disabled':
    case 'user_permanently_disabled':
    case 'user_conflict':
    case 'service_account':
      return wrongCredentials();
  }
}
