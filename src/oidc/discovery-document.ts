import type { Realm } from '../realm/realm.js';
import type { ClientScope } from '../realm/client-scope.js';
import { DPOP_ALGORITHMS } from '../tokens/dpop-proof.js';
import { SIGNATURE_ALGORITHMS } from '../tokens/signature-algorithms.js';

/** Sizes of lists that are the same in every realm. Only what works is advertised. */
const RESPONSE_TYPES = [
  'code', 'none', 'id_token', 'token', 'id_token token', 'code id_token', 'code token', 'code id_token token',
]; // prettier-ignore
const CLIENT_AUTHENTICATION = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'client_secret_jwt'];
const CLAIMS = [
  'iss', 'sub', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'acr', 'azp', 'sid', 'name', 'given_name', 'family_name', 'preferred_username',
  'email', 'email_verified',
]; // prettier-ignore

/**
 * The metadata of a realm (OpenID Connect Discovery section 3, RFC 8414). Every signature algorithm is named: a realm gets the key
 * for one when it is first asked for.
 */
export function discoveryDocument(
  realm: Realm,
  issuer: string,
  scopes: readonly ClientScope[],
): Readonly<Record<string, unknown>> {
  const endpoint = (path: string): string => `${issuer}/protocol/openid-connect/${path}`;
  const names = scopes.filter(({ protocol }) => protocol === 'openid-connect').map(({ name }) => name);
  return {
    issuer,
    authorization_endpoint: endpoint('auth'),
    token_endpoint: endpoint('token'),
    introspection_endpoint: endpoint('token/introspect'),
    userinfo_endpoint: endpoint('userinfo'),
    end_session_endpoint: endpoint('logout'),
    jwks_uri: endpoint('certs'),
    check_session_iframe: endpoint('login-status-iframe.html'),
    revocation_endpoint: endpoint('revoke'),
    pushed_authorization_request_endpoint: endpoint('ext/par/request'),
    require_pushed_authorization_requests: false,
    grant_types_supported: ['authorization_code', 'client_credentials', 'implicit', 'password', 'refresh_token'],
    response_types_supported: RESPONSE_TYPES,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['public'],
    prompt_values_supported: ['none', 'login', 'consent'],
    id_token_signing_alg_values_supported: [...SIGNATURE_ALGORITHMS.keys()],
    userinfo_signing_alg_values_supported: [...SIGNATURE_ALGORITHMS.keys(), 'none'],
    token_endpoint_auth_methods_supported: [...CLIENT_AUTHENTICATION, 'none'],
    token_endpoint_auth_signing_alg_values_supported: [...SIGNATURE_ALGORITHMS.keys()],
    introspection_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
    introspection_endpoint_auth_signing_alg_values_supported: [...SIGNATURE_ALGORITHMS.keys()],
    revocation_endpoint_auth_methods_supported: [...CLIENT_AUTHENTICATION, 'none'],
    revocation_endpoint_auth_signing_alg_values_supported: [...SIGNATURE_ALGORITHMS.keys()],
    claims_supported: CLAIMS,
    claim_types_supported: ['normal'],
    claims_parameter_supported: false,
    scopes_supported: ['openid', ...names],
    ui_locales_supported: realm.settings.internationalizationEnabled ? realm.settings.supportedLocales : ['en'],
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    code_challenge_methods_supported: ['S256', 'plain'],
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
    dpop_signing_alg_values_supported: DPOP_ALGORITHMS,
    authorization_response_iss_parameter_supported: true,
  };
}
