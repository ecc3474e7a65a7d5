import { flowsInOrder } from '../flows/flow-catalog.js';
import type { Realm } from '../realm/realm.js';
import { toClientRepresentation } from '../representations/client-representation.js';
import { toClientScopeRepresentation } from '../representations/client-scope-representation.js';
import {
  toConfigRepresentation,
  toFlowRepresentation,
  toRequiredActionRepresentation,
} from '../representations/flow-representation.js';
import { toKeyComponentExport } from '../representations/key-component-export.js';
import { present } from '../representations/present.js';
import { toRealmRepresentation } from '../representations/realm-representation.js';
import { toRoleRepresentation } from '../representations/role-representation.js';
import type { Json, JsonObject } from '../shared/json.js';
import { KEY_PROVIDER_TYPE } from '../tokens/key-providers.js';
import { exportGroups, exportRoles, exportScopeMappings } from './export-roles.js';
import type { ExportSecrets } from './export-secrets.js';
import { RealmNames } from './realm-names.js';
import type { RealmRows } from './realm-plan.js';

/** The version whose form of realm files is written: Keycloak reads by it how old a file is. */
const KEYCLOAK_VERSION = '26.7.4';

/** What of a realm is written. */
export interface ExportParts {
  readonly clients: boolean;
  readonly groupsAndRoles: boolean;
}

/**
 * A realm as a file of Keycloak has it, without users. The lists of flows, executions, required actions and scopes keep their order.
 * @param now milliseconds: keys are written with the status they have now
 */
export function exportRealm(
  rows: RealmRows,
  secrets: ExportSecrets,
  now: number,
  parts: ExportParts = { clients: true, groupsAndRoles: true },
): JsonObject {
  const names = new RealmNames(rows);
  const clients = parts.clients ? rows.clients : [];
  const scopes = (ids: readonly string[]): readonly string[] => ids.flatMap((id) => names.scopeNameOf(id) ?? []);
  const mappings = exportScopeMappings({ clients, clientScopes: rows.clientScopes }, names);
  const { extra, ...head } = realmMembers(rows, names, secrets);
  return present<Record<string, Json | undefined>>({
    ...head,
    ...(parts.groupsAndRoles && {
      roles: exportRoles(rows.roles, clients, names),
      groups: exportGroups(rows.groups, names),
    }),
    ...mappings,
    ...(parts.clients && { clients: exportClients(rows, names, secrets) }),
    clientScopes: rows.clientScopes.map(toClientScopeRepresentation),
    defaultDefaultClientScopes: scopes(rows.realm.defaultDefaultClientScopes),
    defaultOptionalClientScopes: scopes(rows.realm.defaultOptionalClientScopes),
    ...extra,
    components: exportComponents(rows, secrets, now),
    authenticationFlows: flowsInOrder(rows.catalog).map((flow) => toFlowRepresentation(flow, rows.catalog)),
    authenticatorConfig: rows.catalog.configs.map(toConfigRepresentation),
    requiredActions: rows.realm.requiredActions.map(toRequiredActionRepresentation),
    keycloakVersion: KEYCLOAK_VERSION,
  });
}

const exportClients = ({ clients }: RealmRows, names: RealmNames, secrets: ExportSecrets): readonly JsonObject[] =>
  clients.map((client) => {
    const secret = secrets.client(client);
    return toClientRepresentation(client, {
      nameOfScope: names.scopeNameOf,
      ...(secret !== undefined && { secret }),
    });
  });

/** The members of `GET R`, and what is kept beside them. */
function realmMembers({ realm, catalog, roles }: RealmRows, names: RealmNames, secrets: ExportSecrets) {
  const defaultRole = roles.find(({ id }) => id === realm.defaultRoleId);
  const { components: _components, ...kept } = secrets.kept(realm.extra, realm.id);
  const head = toRealmRepresentation(
    { ...realm, extra: kept },
    {
      aliasOfFlow: (id) => catalog.flows.find((flow) => flow.id === id)?.alias,
      defaultGroups: realm.defaultGroups.flatMap((id) => names.groupPathOf(id) ?? []),
      ...(defaultRole && { defaultRole: toRoleRepresentation(defaultRole, false) }),
    },
  );
  const extra = Object.fromEntries(Object.entries(kept).filter(([member]) => !(member in head)));
  return { ...head, extra };
}

/** Keys, and what is only kept, by type. */
function exportComponents({ realm, keys }: RealmRows, secrets: ExportSecrets, now: number): JsonObject {
  return {
    ...keptComponents(realm, secrets),
    [KEY_PROVIDER_TYPE]: keys.map((key) => toKeyComponentExport(key, now, secrets.key(key))),
  };
}

function keptComponents(realm: Realm, secrets: ExportSecrets): JsonObject {
  const { components } = secrets.kept(realm.extra, realm.id);
  if (typeof components !== 'object' || components === null || Array.isArray(components)) return {};
  return Object.fromEntries(
    Object.entries(components as JsonObject).map(([type, list]) => [
      type,
      (Array.isArray(list) ? (list as readonly JsonObject[]) : []).map((component) =>
        exportComponent(component, realm),
      ),
    ]),
  );
}

/** Its type is the list's, its parent the realm unless it says another. */
function exportComponent(
  { id, name, providerId, subType, parentId, subComponents, config }: JsonObject,
  realm: Realm,
): JsonObject {
  return present<Record<string, Json | undefined>>({
    id,
    name,
    providerId,
    subType,
    parentId: parentId === realm.id ? undefined : parentId,
    subComponents: subComponents ?? {},
    config: config ?? {},
  });
}
