import { MASK } from '../representations/kept-secrets.js';
import { definedMembers, isJsonObject, objectOf, objectsOf, textOf } from '../representations/json-objects.js';
import type { Json, JsonObject } from '../shared/json.js';
import { newId } from '../shared/secrets.js';
import { KEY_PROVIDER_TYPE } from '../tokens/key-providers.js';

/**
 * How a thing of a file is laid over the one that is there. `members`: what the file gives of it replaces, what it leaves out stays.
 * `whole`: it becomes what the file says, with defaults for the rest. Either way it keeps its id, and things the file does not have stay.
 */
export type MergeMode = 'members' | 'whole';

/** Lists of a realm file by what tells their items apart, beside the id. */
const LISTS: Readonly<Record<string, (item: JsonObject) => unknown>> = {
  clients: ({ clientId }) => clientId,
  clientScopes: ({ name }) => name,
  authenticationFlows: ({ alias }) => alias,
  authenticatorConfig: ({ alias }) => alias,
  requiredActions: ({ alias }) => alias,
  identityProviders: ({ alias }) => alias,
  identityProviderMappers: ({ name, identityProviderAlias }) => `${textOf(identityProviderAlias)} ${textOf(name)}`,
  groups: ({ name }) => name,
};

/**
 * The realm as it becomes when a file is laid over it.
 * @param existing an export of the realm, with its secrets and without users
 * @param file what was read; users are left out
 */
export function mergeRealmFile(existing: JsonObject, file: JsonObject, mode: MergeMode): JsonObject {
  const { users: _users, id: _id, realm: _realm, ...given } = definedMembers(file);
  const ids = flowIds(existing, given);
  const merged = Object.entries(given).map(([member, value]) => {
    const old = existing[member];
    if (member in LISTS) return [member, mergeList(old, value, LISTS[member] ?? (() => ''), mode)];
    if (member === 'roles') return [member, mergeRoles(old, value, mode)];
    if (member === 'components') return [member, mergeComponents(old, value)];
    if (member === 'scopeMappings') return [member, mergeList(old, value, target, 'whole')];
    if (member === 'clientScopeMappings') return [member, mergeByKey(old, value, target)];
    return [member, unmasked(value, old)];
  });
  const realm = { ...existing, ...(Object.fromEntries(merged) as JsonObject) };
  return { ...realm, clients: objectsOf(realm['clients']).map((client) => withFlowIds(client, ids)) };
}

const target = ({ client, clientScope }: JsonObject): string => JSON.stringify([client ?? null, clientScope ?? null]);
const nameOf = ({ name }: JsonObject): unknown => name;

function mergeList(
  before: Json | undefined,
  after: Json,
  nameOfItem: (item: JsonObject) => unknown,
  mode: MergeMode,
): Json {
  const old = objectsOf(before);
  const changes = new Map<JsonObject, JsonObject>();
  const added: JsonObject[] = [];
  for (const item of objectsOf(after)) {
    const found =
      old.find(({ id }) => id !== undefined && id === item['id']) ??
      old.find((each) => nameOfItem(each) === nameOfItem(item));
    if (found) changes.set(found, mergeItem(found, item, mode));
    else added.push(item);
  }
  return [...old.map((item) => changes.get(item) ?? item), ...added];
}

function mergeItem(old: JsonObject, item: JsonObject, mode: MergeMode): JsonObject {
  const given = definedMembers(unmasked(item, old) as JsonObject);
  const { subGroups, protocolMappers } = given;
  return {
    ...(mode === 'members' ? old : {}),
    ...given,
    ...(old['id'] !== undefined && { id: old['id'] }),
    ...(subGroups !== undefined && { subGroups: mergeList(old['subGroups'], subGroups, nameOf, mode) }),
    ...(protocolMappers !== undefined && { protocolMappers: sameIds(old['protocolMappers'], protocolMappers) }),
  };
}

/** Mappers are taken as the file lists them; those of a name that is there keep their id. */
const sameIds = (before: Json | undefined, after: Json): Json =>
  objectsOf(after).map((item) => {
    const found = objectsOf(before).find(({ name }) => name === item['name']);
    return found?.['id'] === undefined ? item : { ...item, id: found['id'] };
  });

function mergeRoles(before: Json | undefined, after: Json, mode: MergeMode): Json {
  const [old, given] = [objectOf(before), objectOf(after)];
  const clients = objectOf(given['client']);
  const ofClients = Object.entries(clients).map(([clientId, roles]) => [
    clientId,
    mergeList(objectOf(old['client'])[clientId], roles, nameOf, mode),
  ]);
  return {
    realm: mergeList(old['realm'], given['realm'] ?? [], nameOf, mode),
    client: { ...objectOf(old['client']), ...(Object.fromEntries(ofClients) as JsonObject) },
  };
}

function mergeByKey(before: Json | undefined, after: Json, nameOfItem: (item: JsonObject) => unknown): Json {
  const old = objectOf(before);
  const merged = Object.entries(objectOf(after)).map(([key, list]) => [
    key,
    mergeList(old[key], list, nameOfItem, 'whole'),
  ]);
  return { ...old, ...(Object.fromEntries(merged) as JsonObject) };
}

/** Members of a config that the file leaves out stay: an export without secrets has no private keys, and must not take them away. */
function mergeComponents(before: Json | undefined, after: Json): Json {
  const old = objectOf(before);
  const sameComponent = ({ providerId, name, subType }: JsonObject): string =>
    JSON.stringify([providerId ?? null, name ?? null, subType ?? null]);
  const merged = Object.entries(objectOf(after)).map(([type, list]) => {
    const known = objectsOf(old[type]);
    const items = objectsOf(list).map((item) => {
      const found =
        known.find(({ id }) => id !== undefined && id === item['id']) ??
        known.find((each) => sameComponent(each) === sameComponent(item));
      if (!found) return type === KEY_PROVIDER_TYPE ? { id: newId(), ...item } : item;
      const config = { ...objectOf(found['config']), ...objectOf(unmasked(item['config'] ?? {}, found['config'])) };
      return { ...found, ...item, id: found['id'] ?? newId(), config };
    });
    return [type, mergeList(old[type], items, sameComponent, 'whole')];
  });
  return { ...old, ...(Object.fromEntries(merged) as JsonObject) };
}

/** A value of a file in which each mask is the secret that stands in its place now; one without is left out. */
function unmasked(value: Json, old: Json | undefined): Json {
  if (Array.isArray(value)) {
    const before = Array.isArray(old) ? (old as readonly Json[]) : [];
    if (value.every((item) => item === MASK)) return before;
    const names = (value as readonly Json[]).map((item) => sameNamed(item, before));
    return (value as readonly Json[]).map((item, at) => unmasked(item, names[at]));
  }
  if (!isJsonObject(value)) return value;
  const before = isJsonObject(old) ? old : {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([member, item]) => {
      if (item !== MASK) return [[member, unmasked(item, before[member])] as const];
      const secret = before[member];
      return secret === undefined ? [] : [[member, secret] as const];
    }),
  );
}

const sameNamed = (item: Json, list: readonly Json[]): Json | undefined =>
  isJsonObject(item)
    ? list.find((each) => isJsonObject(each) && ['id', 'alias', 'name'].some((m) => m in item && item[m] === each[m]))
    : undefined;

/** Ids of flows as the file has them, by ids they have here: clients name flows by id. */
function flowIds(existing: JsonObject, file: JsonObject): ReadonlyMap<Json, Json> {
  const here = new Map(objectsOf(existing['authenticationFlows']).map(({ alias, id }) => [alias, id]));
  return new Map(
    objectsOf(file['authenticationFlows']).flatMap(({ alias, id }) => {
      const known = here.get(alias);
      return id === undefined || known === undefined ? [] : [[id, known] as const];
    }),
  );
}

function withFlowIds(client: JsonObject, ids: ReadonlyMap<Json, Json>): JsonObject {
  const overrides = client['authenticationFlowBindingOverrides'];
  if (!isJsonObject(overrides)) return client;
  const mapped = Object.entries(overrides).map(([key, id]) => [key, ids.get(id) ?? id] as const);
  return { ...client, authenticationFlowBindingOverrides: Object.fromEntries(mapped) };
}
