import { ADMIN_REALM, masterClientId, REALM_MANAGEMENT } from '../../realm/admin-realm.js';
import type { ClientData } from '../../representations/client-body.js';

const PKCE = { 'pkce.code.challenge.method': 'S256' } as const;
const LIGHTWEIGHT = { 'client.use.lightweight.access.token.enabled': 'true' } as const;
const ANY_LOGOUT = { 'post.logout.redirect.uris': '+' } as const;

const title = (clientId: string): string => `\${client_${clientId}}`;

/** Name of the client that holds the admin roles of a realm, inside that realm. */
export const adminClientId = (master: boolean): string => (master ? masterClientId(ADMIN_REALM) : REALM_MANAGEMENT);

/** A client that only holds roles. */
export const roleHolder = (clientId: string, name = title(clientId)): ClientData => ({
  clientId,
  name,
  enabled: true,
  bearerOnly: true,
  fullScopeAllowed: false,
  nodeReRegistrationTimeout: 0,
  attributes: { realm_client: 'true' },
});

/** The six clients of a new realm. */
export function seedClients(realm: string, master: boolean): ClientData[] {
  const account = `/realms/${realm}/account/`;
  const console = `/admin/${realm}/console/`;
  const page = { enabled: true, publicClient: true, nodeReRegistrationTimeout: 0 } as const;
  return [
    {
      ...page,
      clientId: 'account',
      name: title('account'),
      rootUrl: '${authBaseUrl}',
      baseUrl: account,
      redirectUris: [`${account}*`],
      webOrigins: [],
      fullScopeAllowed: false,
      attributes: { realm_client: 'false', ...ANY_LOGOUT },
    },
    {
      ...page,
      clientId: 'account-console',
      name: title('account-console'),
      rootUrl: '${authBaseUrl}',
      baseUrl: account,
      redirectUris: [`${account}*`],
      webOrigins: [],
      fullScopeAllowed: false,
      attributes: { realm_client: 'false', ...ANY_LOGOUT, ...PKCE },
      protocolMappers: [
        {
          name: 'audience resolve',
          protocol: 'openid-connect',
          protocolMapper: 'oidc-audience-resolve-mapper',
          config: {},
        },
      ],
    },
    {
      ...page,
      clientId: 'admin-cli',
      name: title('admin-cli'),
      standardFlowEnabled: false,
      directAccessGrantsEnabled: true,
      attributes: { realm_client: 'false', ...LIGHTWEIGHT },
    },
    roleHolder('broker'),
    roleHolder(adminClientId(master), master ? 'master Realm' : undefined),
    {
      ...page,
      clientId: 'security-admin-console',
      name: title('security-admin-console'),
      rootUrl: '${authAdminUrl}',
      baseUrl: console,
      redirectUris: [`${console}*`],
      webOrigins: ['+'],
      attributes: { realm_client: 'false', ...LIGHTWEIGHT, ...ANY_LOGOUT, ...PKCE },
      protocolMappers: [
        {
          name: 'locale',
          protocol: 'openid-connect',
          protocolMapper: 'oidc-usermodel-attribute-mapper',
          config: {
            'access.token.claim': 'true',
            'introspection.token.claim': 'true',
            'id.token.claim': 'true',
            'userinfo.token.claim': 'true',
            'user.attribute': 'locale',
            'claim.name': 'locale',
            'jsonType.label': 'String',
          },
        },
      ],
    },
  ];
}
