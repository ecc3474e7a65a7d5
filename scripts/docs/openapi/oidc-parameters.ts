/** What the parameters of an OIDC endpoint are; test/contract/openapi.spec.ts finds those that src/oidc reads and nobody wrote here. */
interface EndpointParameters {
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
}

/** Client authentication in the body (RFC 6749 section 2.3.1, RFC 7523 section 2.2). */
const CLIENT = ['client_id', 'client_secret', 'client_assertion_type', 'client_assertion'];

const AUTHORIZATION: EndpointParameters = {
  required: ['client_id', 'response_type'],
  optional: [
    ...['redirect_uri', 'scope', 'state', 'response_mode', 'nonce', 'prompt', 'max_age', 'login_hint', 'acr_values'],
    ...[
      'code_challenge',
      'code_challenge_method',
      'ui_locales',
      'kc_locale',
      'kc_action',
      'kc_idp_hint',
      'dpop_jkt',
      'request',
      'request_uri',
    ],
  ],
};

const LOGOUT: EndpointParameters = {
  optional: [
    'id_token_hint',
    'post_logout_redirect_uri',
    'redirect_uri',
    'state',
    'client_id',
    'ui_locales',
    'initiating_idp',
  ],
};

/** Parameters of protocol endpoints by handler: they are read rule by rule, far from the controllers. */
export const OIDC_PARAMETERS: Readonly<Record<string, EndpointParameters>> = {
  'AuthorizeController.authorize': AUTHORIZATION,
  'AuthorizeController.register': AUTHORIZATION,
  'PushedAuthorizationController.push': { ...AUTHORIZATION, optional: [...(AUTHORIZATION.optional ?? []), ...CLIENT] },
  'TokenController.token': {
    required: ['grant_type'],
    optional: [
      ...CLIENT,
      'code',
      'redirect_uri',
      'code_verifier',
      'username',
      'password',
      'totp',
      'refresh_token',
      'scope',
    ],
  },
  'IntrospectionController.introspect': { required: ['token'], optional: ['token_type_hint', ...CLIENT] },
  'RevocationController.revoke': { required: ['token'], optional: ['token_type_hint', ...CLIENT] },
  'UserInfoController.post': { optional: ['access_token'] },
  'LogoutController.get': LOGOUT,
  'LogoutController.post': {
    optional: [...(LOGOUT.optional ?? []), 'refresh_token', 'session_code', 'confirmLogout', ...CLIENT],
  },
};
