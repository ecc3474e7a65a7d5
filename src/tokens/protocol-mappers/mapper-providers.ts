import { TOKEN_MAPPERS } from './index.js';

/** Kinds of mappers of a Keycloak realm that put nothing into our tokens: other protocols and features. They are kept and shown. */
const WITHOUT_EFFECT = [
  ...['oidc-claims-param-token-mapper'],
  ...['oidc-claims-param-value-idtoken-mapper', 'oidc-amr-mapper', 'oidc-organization-group-membership-mapper'],
  ...['saml-user-attribute-mapper', 'saml-user-property-mapper', 'saml-user-session-note-mapper'],
  ...['saml-hardcode-attribute-mapper', 'saml-hardcode-role-mapper', 'saml-role-list-mapper', 'saml-role-name-mapper'],
  ...['saml-group-membership-mapper', 'saml-audience-mapper', 'saml-audience-resolve-mapper'],
  ...[
    'saml-organization-membership-mapper',
    'saml-user-attribute-nameid-mapper',
    'saml-authn-context-class-ref-mapper',
  ],
  ...['docker-v2-allow-all-mapper'],
] as const;

const KNOWN: ReadonlySet<string> = new Set([...TOKEN_MAPPERS.map(({ id }) => id), ...WITHOUT_EFFECT]);

/** Whether `protocolMapper` may name this. */
export const isMapperProvider = (id: string): boolean => KNOWN.has(id);
