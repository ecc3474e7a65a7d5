import type { ClientScopeStore } from '../realm/client-scope.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { RoleStore } from '../realm/role.js';
import { present } from '../representations/present.js';
import type { JsonObject } from '../shared/json.js';
import { administrationErrors } from './administration-errors.js';
import type { ClientAdministration } from './client-administration.js';

/** The one kind of file that is made: `keycloak.json`, which adapters and keycloak-js read. */
const KEYCLOAK_JSON = 'keycloak-oidc-keycloak-json';
const AUDIENCE_MAPPER = 'oidc-audience-mapper';

/** Files by which applications are configured (Admin API reference 5.2, "installation/providers"). */
export class ClientInstallation {
  constructor(
    private readonly clients: ClientAdministration,
    private readonly scopes: ClientScopeStore,
    private readonly roles: RoleStore,
  ) {}

  /**
   * @param base address of this server
   * @param mayManage the secret is only in files for those who may manage the client
   * @returns the text of the file
   * @throws NotFoundError `client_unknown`, `installation_unknown`
   */
  async file(realm: Realm, id: string, provider: string, base: string, mayManage: boolean): Promise<string> {
    const client = await this.clients.get(realm, id);
    if (provider !== KEYCLOAK_JSON || client.protocol !== 'openid-connect')
      throw administrationErrors.installationUnknown();
    const hasRoles = (await this.roles.list(realm.id, { clientId: id, max: 1 })).length > 0;
    const checksAudience = hasRoles || (await this.isAudience(realm, client));
    const file = present({
      realm: realm.name,
      'bearer-only': client.bearerOnly || undefined,
      'auth-server-url': `${base}/`,
      'ssl-required': realm.settings.sslRequired,
      resource: client.clientId,
      'public-client': (client.publicClient && !client.bearerOnly) || undefined,
      'verify-token-audience': checksAudience || undefined,
      credentials: hasCredentials(client) && mayManage ? this.credentialsOf(client) : undefined,
      'use-resource-role-mappings': hasRoles || undefined,
      'confidential-port': 0,
    });
    return JSON.stringify(file, undefined, 2);
  }

  private credentialsOf(client: Client): JsonObject {
    const secret = this.clients.secretOf(client);
    if (secret === undefined) return {};
    if (client.clientAuthenticatorType === 'client-secret') return { secret };
    if (client.clientAuthenticatorType === 'client-secret-jwt')
      return { 'secret-jwt': present({ secret, algorithm: client.attributes['token.endpoint.auth.signing.alg'] }) };
    return {};
  }

  /** Whether a client scope puts this client into audiences. */
  private async isAudience(realm: Realm, { clientId }: Client): Promise<boolean> {
    return (await this.scopes.list(realm.id)).some(({ protocolMappers }) =>
      protocolMappers.some(
        ({ protocolMapper, config }) =>
          protocolMapper === AUDIENCE_MAPPER && config['included.client.audience'] === clientId,
      ),
    );
  }
}

const hasCredentials = (client: Client): boolean =>
  !client.publicClient && (!client.bearerOnly || client.serviceAccountsEnabled || client.nodeReRegistrationTimeout > 0);
