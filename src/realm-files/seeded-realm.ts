import type { GroupData } from '../representations/group-body.js';
import type { ClientData } from '../representations/client-body.js';
import type { ClientScopeData } from '../representations/client-scope-body.js';
import type { RequiredActionData } from '../representations/flow-body.js';
import type { RealmData, ScopeMappingData } from '../representations/realm-body.js';
import type { RoleData } from '../representations/role-body.js';
import type { RealmTemplate } from './new-realm.js';

/** A realm body completed with the seeds of a new realm. What the body gives stands first, under its own index. */
export interface SeededRealm {
  readonly body: RealmData;
  readonly template: RealmTemplate;
  readonly name: string;
  readonly defaultRole: string;
  readonly realmRoles: readonly RoleData[];
  readonly clientRoles: ReadonlyMap<string, readonly RoleData[]>;
  readonly clients: readonly ClientData[];
  readonly clientScopes: readonly ClientScopeData[];
  readonly defaultClientScopes: readonly string[];
  readonly optionalClientScopes: readonly string[];
  readonly scopeMappings: readonly ScopeMappingData[];
  readonly clientScopeMappings: ReadonlyMap<string, readonly ScopeMappingData[]>;
  readonly requiredActions: readonly RequiredActionData[];
}

/** Before version 20 applications could send people to their redirect URIs after a logout; since then each client says so. */
const REDIRECT_URIS_AFTER_LOGOUT = { 'post.logout.redirect.uris': '+' };

/** A body that does not say which version it is of counts as an old one, as at the reference: its clients keep what they could do. */
export function asOfNow(body: RealmData): RealmData {
  if (body.keycloakVersion !== undefined || !body.clients) return body;
  const clients = body.clients.map((client) => ({
    ...client,
    attributes: { ...REDIRECT_URIS_AFTER_LOGOUT, ...client.attributes },
  }));
  return { ...body, clients };
}

/**
 * Completes a body. Clients and roles of the body win over seeds of the same name, the other seeds are added; client scopes,
 * their default lists and required actions replace the seeds as a whole. So a full export brings all of its own, and a body of
 * two lines gets a working realm.
 */
export function withSeeds(body: RealmData, name: string, template: RealmTemplate): SeededRealm {
  const defaultRole = body.defaultRole?.name ?? template.defaultRole;
  const seedRoles = template.realmRoles.map((role) =>
    role.name === template.defaultRole ? { ...role, ...defaultRoleOf(body, role), name: defaultRole } : role,
  );
  const clientScopes = body.clientScopes ?? template.clientScopes;
  const scopeNames = new Set(clientScopes.map((scope) => scope.name));
  const existing = (names: readonly string[]): readonly string[] => names.filter((scope) => scopeNames.has(scope));
  const realmRoles = union(body.roles?.realm ?? [], seedRoles);
  const clientRoles = unionByClient(body.roles?.client ?? new Map<string, RoleData[]>(), template.clientRoles);
  const implied = impliedRoles(body, realmRoles, clientRoles);
  return {
    body,
    template,
    name,
    defaultRole,
    realmRoles: [...realmRoles, ...implied.realm],
    clientRoles: appended(clientRoles, implied.client),
    clients: union(body.clients ?? [], template.clients, (client) => client.clientId),
    clientScopes,
    defaultClientScopes: body.defaultDefaultClientScopes ?? existing(template.defaultClientScopes),
    optionalClientScopes: body.defaultOptionalClientScopes ?? existing(template.optionalClientScopes),
    // A file that lists mappings has them all, but for those of the seeds that it lacks.
    scopeMappings: [
      ...(body.scopeMappings ?? []),
      ...template.scopeMappings.filter(
        ({ clientScope }) =>
          scopeNames.has(clientScope) && !(body.scopeMappings && own(body.clientScopes, clientScope, nameOf)),
      ),
    ],
    clientScopeMappings: appended(
      new Map(
        [...template.clientScopeMappings].map(([owner, mappings]) => [
          owner,
          mappings.filter(({ client }) => !(body.clientScopeMappings && own(body.clients, client, clientIdOf))),
        ]),
      ),
      body.clientScopeMappings ?? new Map<string, ScopeMappingData[]>(),
    ),
    requiredActions:
      body.requiredActions ?? template.requiredActions.map((action) => ({ ...action, config: { ...action.config } })),
  };
}

const nameOf = (item: { readonly name?: string }): string | undefined => item.name;
const clientIdOf = (client: ClientData): string | undefined => client.clientId;

/** Whether the body brings the thing itself. */
const own = <T>(
  list: readonly T[] | undefined,
  name: string | undefined,
  nameOf: (item: T) => string | undefined,
): boolean => list?.some((item) => nameOf(item) === name) ?? false;

/** Names of roles of the body's users and groups that nothing defines. As in Keycloak they come to be. */
export function impliedRoleNames(seeded: SeededRealm): readonly string[] {
  const { body } = seeded;
  const realm = new Set(union(body.roles?.realm ?? [], seeded.template.realmRoles).map((role) => role.name));
  realm.add(seeded.defaultRole);
  return seeded.realmRoles.flatMap((role) => (role.name !== undefined && !realm.has(role.name) ? [role.name] : []));
}

/** The default role as a file before version 13 describes it (`defaultRoles`), or by its id alone. */
function defaultRoleOf(body: RealmData, seed: RoleData): RoleData {
  const composites = body.defaultRoles && {
    ...seed.composites,
    realm: [...new Set([...(seed.composites?.realm ?? []), ...body.defaultRoles])],
  };
  return { ...(body.defaultRole?.id !== undefined && { id: body.defaultRole.id }), ...(composites && { composites }) };
}

function union<T extends { name?: string }>(
  own: readonly T[],
  seeds: readonly T[],
  nameOf: (item: T) => string | undefined = (item) => item.name,
): readonly T[] {
  const names = new Set(own.map(nameOf));
  return [...own, ...seeds.filter((seed) => !names.has(nameOf(seed)))];
}

function unionByClient(
  own: ReadonlyMap<string, readonly RoleData[]>,
  seeds: ReadonlyMap<string, readonly RoleData[]>,
): ReadonlyMap<string, readonly RoleData[]> {
  return new Map(
    [...new Set([...own.keys(), ...seeds.keys()])].map((key) => [key, union(own.get(key) ?? [], seeds.get(key) ?? [])]),
  );
}

function appended<T>(
  first: ReadonlyMap<string, readonly T[]>,
  second: ReadonlyMap<string, readonly T[]>,
): ReadonlyMap<string, readonly T[]> {
  return new Map(
    [...new Set([...first.keys(), ...second.keys()])].map((key) => [
      key,
      [...(first.get(key) ?? []), ...(second.get(key) ?? [])],
    ]),
  );
}

interface RoleHolder {
  readonly realmRoles?: readonly string[];
  readonly clientRoles?: Readonly<Record<string, readonly string[]>>;
}

function impliedRoles(body: RealmData, realm: readonly RoleData[], client: ReadonlyMap<string, readonly RoleData[]>) {
  const holders: readonly RoleHolder[] = [...(body.users ?? []), ...(body.groups ?? []).flatMap(withSubgroups)];
  const missing = (wanted: Iterable<string>, known: readonly RoleData[]): RoleData[] =>
    [...new Set(wanted)].filter((name) => !known.some((role) => role.name === name)).map((name) => ({ name }));
  const wantedOfClients = new Map<string, string[]>();
  for (const { clientRoles = {} } of holders) {
    for (const [clientId, names] of Object.entries(clientRoles))
      wantedOfClients.set(clientId, [...(wantedOfClients.get(clientId) ?? []), ...names]);
  }
  return {
    realm: missing(
      holders.flatMap((holder) => holder.realmRoles ?? []),
      realm,
    ),
    client: new Map(
      [...wantedOfClients].map(([clientId, names]) => [clientId, missing(names, client.get(clientId) ?? [])]),
    ),
  };
}

const withSubgroups = (group: GroupData): readonly GroupData[] => [
  group,
  ...(group.subGroups ?? []).flatMap(withSubgroups),
];
