import type { RequiredActionSetting, RealmSettings } from '../realm/realm.js';
import type { ClientData } from '../representations/client-body.js';
import type { ClientScopeData } from '../representations/client-scope-body.js';
import type { ScopeMappingData } from '../representations/realm-body.js';
import type { RoleData } from '../representations/role-body.js';
import type { JsonObject } from '../shared/json.js';
import { CLIENT_SCOPES, DEFAULT_CLIENT_SCOPES, OPTIONAL_CLIENT_SCOPES } from './defaults/client-scopes.js';
import { seedClients } from './defaults/clients.js';
import { REQUIRED_ACTIONS } from './defaults/required-actions.js';
import { seedClientRoles, seedRealmRoles } from './defaults/roles.js';
import { KEPT_DEFAULTS, REALM_ATTRIBUTES, REALM_SETTINGS } from './defaults/settings.js';

/** Everything a new realm begins with, except its flows (files of their own) and its keys (generated). */
export interface RealmTemplate {
  readonly settings: RealmSettings;
  readonly attributes: Readonly<Record<string, string>>;
  readonly kept: JsonObject;
  readonly defaultRole: string;
  readonly realmRoles: readonly RoleData[];
  readonly clientRoles: ReadonlyMap<string, readonly RoleData[]>;
  readonly clients: readonly ClientData[];
  readonly clientScopes: readonly ClientScopeData[];
  readonly defaultClientScopes: readonly string[];
  readonly optionalClientScopes: readonly string[];
  readonly scopeMappings: readonly ScopeMappingData[];
  readonly clientScopeMappings: ReadonlyMap<string, readonly ScopeMappingData[]>;
  readonly requiredActions: readonly RequiredActionSetting[];
}

/** Tokens that may administer the server live a minute. */
const MASTER_ACCESS_TOKEN_LIFESPAN = 60;

/**
 * The seeds of Keycloak 26.7 for a new realm.
 * @param options.master the realm of the server's own administrators.
 */
export function newRealmTemplate(name: string, { master }: { readonly master: boolean }): RealmTemplate {
  const defaultRole = `default-roles-${name.toLowerCase()}`;
  return {
    settings: master
      ? { ...REALM_SETTINGS, displayName: 'Sluice', accessTokenLifespan: MASTER_ACCESS_TOKEN_LIFESPAN }
      : REALM_SETTINGS,
    attributes: REALM_ATTRIBUTES,
    kept: KEPT_DEFAULTS,
    defaultRole,
    realmRoles: seedRealmRoles(defaultRole, master),
    clientRoles: seedClientRoles(master),
    clients: seedClients(name, master),
    clientScopes: CLIENT_SCOPES,
    defaultClientScopes: DEFAULT_CLIENT_SCOPES,
    optionalClientScopes: OPTIONAL_CLIENT_SCOPES,
    scopeMappings: [{ clientScope: 'offline_access', roles: ['offline_access'] }],
    clientScopeMappings: new Map([
      ['account', [{ client: 'account-console', roles: ['manage-account', 'view-groups'] }]],
    ]),
    requiredActions: REQUIRED_ACTIONS,
  };
}

/** The template for a body that is the whole of a realm: defaults of settings and nothing that would be added. */
export const withoutSeeds = (template: RealmTemplate): RealmTemplate => ({
  ...template,
  attributes: {},
  kept: {},
  realmRoles: [],
  clientRoles: new Map(),
  clients: [],
  clientScopes: [],
  defaultClientScopes: [],
  optionalClientScopes: [],
  scopeMappings: [],
  clientScopeMappings: new Map(),
  requiredActions: [],
});
