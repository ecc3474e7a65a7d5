import type { Realm } from '../realm/realm.js';
import type { UserRecords } from '../realm/user-records.js';
import { groupPaths } from '../realm/group-paths.js';
import { isJsonObject, objectOf, objectsOf, textOf } from '../representations/json-objects.js';
import { ConflictError, InvalidInputError } from '../shared/errors.js';
import type { Json, JsonObject } from '../shared/json.js';
import type { RealmExport } from './realm-export.js';
import type { Permit, RealmUpdate } from './realm-update.js';

export const IF_EXISTS = ['FAIL', 'SKIP', 'OVERWRITE'] as const;
export type IfExists = (typeof IF_EXISTS)[number];

type ResourceType = 'CLIENT' | 'USER' | 'GROUP' | 'IDP' | 'REALM_ROLE' | 'CLIENT_ROLE';

/** One thing of the request, in the form of the reference's answer. */
export interface PartialImportResult {
  readonly action: 'ADDED' | 'SKIPPED' | 'OVERWRITTEN';
  readonly resourceType: ResourceType;
  readonly resourceName: string;
  readonly id: string;
}

interface Resource {
  readonly type: ResourceType;
  readonly name: string;
  readonly body: JsonObject;
  /** Id of what has the name already. */
  readonly taken?: string;
  /** Of a client role. */
  readonly clientId?: string;
}

/** Parts of realm files, put into a realm by an administrator (Admin API reference 5.5, `partialImport`). */
export class PartialImport {
  constructor(
    private readonly updates: Pick<RealmUpdate, 'update'>,
    private readonly realmExport: Pick<RealmExport, 'rows'>,
    private readonly records: UserRecords,
  ) {}

  /**
   * Imports users, clients, groups, roles and identity providers, all or none.
   * @param permit asked before anything is written
   * @throws ConflictError `resource_exists` (FAIL), InvalidInputError for what cannot be used; nothing was changed
   */
  async run(
    realm: Realm,
    body: JsonObject,
    ifExists: IfExists,
    permit: Permit,
  ): Promise<readonly PartialImportResult[]> {
    const resources = await this.resources(realm, body);
    const taken = resources.filter((resource) => resource.taken !== undefined);
    const [first] = taken;
    if (first && ifExists === 'FAIL') throw new ConflictError('resource_exists', existsMessage(first));
    const wanted = ifExists === 'SKIP' ? resources.filter((resource) => resource.taken === undefined) : resources;
    const { changes } = await this.updates.update(realm, fileOf(wanted), { mode: 'whole', permit });
    const created = new Map(changes.map(({ kind, name, id }) => [`${kind} ${name}`, id]));
    return resources.map(({ type, name, taken: id, clientId, body: given }) => ({
      action: id === undefined ? 'ADDED' : ifExists === 'SKIP' ? 'SKIPPED' : 'OVERWRITTEN',
      resourceType: type,
      resourceName: type === 'CLIENT_ROLE' ? `${clientId ?? ''}-->${name}` : name,
      id: id ?? created.get(changeKey(type, name, clientId)) ?? textOf(given['id'] ?? given['internalId'] ?? name),
    }));
  }

  private async resources(realm: Realm, body: JsonObject): Promise<readonly Resource[]> {
    const rows = await this.realmExport.rows(realm);
    const used = new Set(
      [...rows.clients, ...rows.roles, ...rows.groups.map(({ group }) => group)].map(({ id }) => id),
    );
    refuseWrongLists(body);
    const users = objectsOf(body['users']);
    const records = await this.records.byNames(
      realm.id,
      users.map(({ username }) => textOf(username).toLowerCase()),
    );
    const ids = {
      CLIENT: new Map(rows.clients.map(({ clientId, id }) => [clientId, id])),
      USER: new Map(records.map(({ user }) => [user.username, user.id])),
      GROUP: new Map([...groupPaths(rows.groups.map(({ group }) => group))].map(([id, path]) => [path, id])),
      REALM_ROLE: new Map(rows.roles.flatMap((role) => (role.clientId === undefined ? [[role.name, role.id]] : []))),
      IDP: new Map(
        objectsOf(realm.extra['identityProviders']).map((idp) => [
          textOf(idp['alias']),
          textOf(idp['internalId'] ?? idp['alias']),
        ]),
      ),
    };
    const of = (type: keyof typeof ids, list: Json | undefined, nameOf: (item: JsonObject) => string): Resource[] =>
      objectsOf(list).map((item) => {
        const name = nameOf(item);
        const taken = ids[type].get(name);
        return { type, name, body: withOwnId(item, taken, used), ...(taken !== undefined && { taken }) };
      });
    const roles = objectOf(body['roles']);
    const clientRoles = Object.entries(objectOf(roles['client'])).flatMap(([clientId, list]) =>
      objectsOf(list).map((item): Resource => {
        const owner = ids.CLIENT.get(clientId);
        const name = textOf(item['name']);
        const taken = rows.roles.find(
          (role) => owner !== undefined && role.clientId === owner && role.name === name,
        )?.id;
        const own = withOwnId(item, taken, used);
        return { type: 'CLIENT_ROLE', name, clientId, body: own, ...(taken !== undefined && { taken }) };
      }),
    );
    return [
      ...of('CLIENT', body['clients'], ({ clientId }) => textOf(clientId)),
      ...of('REALM_ROLE', roles['realm'], ({ name }) => textOf(name)),
      ...clientRoles,
      ...of('IDP', body['identityProviders'], ({ alias }) => textOf(alias)),
      ...of('GROUP', body['groups'], ({ name, path }) => textOf(path ?? `/${textOf(name)}`)),
      ...of('USER', users, ({ username }) => textOf(username).toLowerCase()),
    ];
  }
}

/** @throws InvalidInputError `wrong_type` for what is no list of objects */
function refuseWrongLists(body: JsonObject): void {
  const roles = objectOf(body['roles']);
  const lists = [
    ...Object.values(MEMBERS).map((member) => [member, body[member]] as const),
    ['roles.realm', roles['realm']] as const,
    ...Object.entries(objectOf(roles['client'])).map(([clientId, list]) => [`roles.client.${clientId}`, list] as const),
  ];
  for (const [path, list] of lists) {
    if (list === undefined || list === null) continue;
    const items = Array.isArray(list) ? (list as readonly Json[]) : undefined;
    const wrong = items?.findIndex((item) => !isJsonObject(item));
    if (wrong === -1) continue;
    const field = wrong === undefined ? path : `${path}[${String(wrong)}]`;
    throw new InvalidInputError('wrong_type', `${field}: must be ${wrong === undefined ? 'a list' : 'an object'}`, {
      field,
    });
  }
}

/** What has the name keeps its id; the id of something else must not make it another thing by that. */
function withOwnId({ id, ...item }: JsonObject, taken: string | undefined, used: ReadonlySet<string>): JsonObject {
  if (taken !== undefined || id === undefined) return item;
  if (used.has(textOf(id)))
    throw new ConflictError('resource_exists', `The id '${textOf(id)}' belongs to something else`);
  return { id, ...item };
}

/** @throws InvalidInputError `if_exists` */
export function readIfExists(value: Json | undefined): IfExists {
  const found = IF_EXISTS.find((each) => each === (value ?? 'FAIL'));
  if (!found)
    throw new InvalidInputError('if_exists', `ifResourceExists must be one of ${IF_EXISTS.join(', ')}`, {
      field: 'ifResourceExists',
    });
  return found;
}

const MEMBERS = { CLIENT: 'clients', USER: 'users', GROUP: 'groups', IDP: 'identityProviders' } as const;

function fileOf(resources: readonly Resource[]): JsonObject {
  const of = (type: ResourceType): readonly JsonObject[] =>
    resources.filter((resource) => resource.type === type).map(({ body }) => body);
  const client: Record<string, JsonObject[]> = {};
  for (const { type, clientId = '', body } of resources)
    if (type === 'CLIENT_ROLE') client[clientId] = [...(client[clientId] ?? []), body];
  const lists = Object.entries(MEMBERS).map(([type, member]) => [member, of(type as ResourceType)] as const);
  return {
    ...Object.fromEntries(lists.filter(([, list]) => list.length > 0)),
    roles: { realm: of('REALM_ROLE'), client },
  };
}

function changeKey(type: ResourceType, name: string, clientId = ''): string {
  if (type === 'CLIENT_ROLE') return `client role ${clientId}/${name}`;
  return `${type === 'REALM_ROLE' ? 'realm role' : type.toLowerCase()} ${name}`;
}

/** The sentences of the reference. */
function existsMessage({ type, name, clientId = '' }: Resource): string {
  switch (type) {
    case 'CLIENT':
      return `Client id '${name}' already exists`;
    case 'USER':
      return `User with user name '${name}' already exists.`;
    case 'GROUP':
      return `Group '${name}' already exists`;
    case 'IDP':
      return `Identity Provider '${name}' already exists.`;
    case 'REALM_ROLE':
      return `Realm role '${name}' already exists.`;
    case 'CLIENT_ROLE':
      return `Client role '${name}' for client '${clientId}' already exists.`;
  }
}
