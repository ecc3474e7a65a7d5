import type { Client } from '../../../src/realm/client.js';
import type { Realm, RealmSettings } from '../../../src/realm/realm.js';
import type { User } from '../../../src/realm/user.js';
import { REALM_SETTINGS } from '../../../src/realm-files/defaults/settings.js';

/** An enabled realm with the settings of a new one, and the given ones on top. */
export function sampleRealm(settings: Partial<RealmSettings> = {}): Realm {
  return {
    id: 'realm-1',
    name: 'acme',
    settings: { ...REALM_SETTINGS, enabled: true, ...settings },
    bindings: {},
    requiredActions: [],
    defaultDefaultClientScopes: [],
    defaultOptionalClientScopes: [],
    defaultGroups: [],
    attributes: {},
    extra: {},
  };
}

/** An enabled user of that realm. */
export function sampleUser(members: Partial<User> = {}): User {
  return {
    id: 'user-1',
    realmId: 'realm-1',
    username: 'alice',
    email: 'alice@acme.test',
    emailVerified: true,
    enabled: true,
    createdTimestamp: 0,
    attributes: {},
    requiredActions: [],
    notBefore: 0,
    ...members,
  };
}

/** A public client of that realm with the standard flow and direct grants. */
export function sampleClient(members: Partial<Client> = {}): Client {
  return {
    id: 'client-1',
    realmId: 'realm-1',
    clientId: 'shop',
    enabled: true,
    alwaysDisplayInConsole: false,
    surrogateAuthRequired: false,
    clientAuthenticatorType: 'client-secret',
    redirectUris: [],
    webOrigins: [],
    notBefore: 0,
    bearerOnly: false,
    consentRequired: false,
    standardFlowEnabled: true,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: true,
    serviceAccountsEnabled: false,
    publicClient: true,
    frontchannelLogout: false,
    protocol: 'openid-connect',
    fullScopeAllowed: true,
    nodeReRegistrationTimeout: -1,
    attributes: {},
    flowOverrides: {},
    protocolMappers: [],
    defaultClientScopes: [],
    optionalClientScopes: [],
    scopeMappings: [],
    extra: {},
    ...members,
  };
}
