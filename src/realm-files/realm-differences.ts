import { isJsonObject, objectOf, objectsOf, textOf } from '../representations/json-objects.js';
import type { Json, JsonObject } from '../shared/json.js';
import { KEY_PROVIDER_TYPE } from '../tokens/key-providers.js';

/** Kinds of things that a plan names. */
export type ThingKind =
  'realm' | 'client scope' | 'client' | 'realm role' | 'client role' | 'group' | 'flow' | 'config' | 'key' | 'user';

/** Something a realm has, with everything that is said of it anywhere in its file. */
interface Thing {
  readonly kind: ThingKind;
  readonly id: string;
  /** As a reader knows it: path of a group, `client/role`. */
  readonly name: string;
  readonly value: JsonObject;
}

/** What becomes of one thing. */
export interface Change {
  readonly action: 'created' | 'changed' | 'deleted';
  readonly kind: ThingKind;
  readonly id: string;
  readonly name: string;
  /** Members that change. */
  readonly members?: readonly string[];
}

export interface Differences {
  readonly changes: readonly Change[];
  /** How many things stay as they are. */
  readonly kept: number;
}

/** What differs between two exports of a realm, both with secrets and without users. */
export function differencesOf(before: JsonObject, after: JsonObject): Differences {
  return compare(thingsOf(before), thingsOf(after));
}

function compare(before: readonly Thing[], after: readonly Thing[]): Differences {
  const old = new Map(before.map((thing) => [`${thing.kind} ${thing.id}`, thing]));
  const wanted = new Set(after.map(({ kind, id }) => `${kind} ${id}`));
  let kept = 0;
  const changes = after.flatMap(({ kind, id, name, value }): readonly Change[] => {
    const found = old.get(`${kind} ${id}`);
    if (!found) return [{ action: 'created', kind, id, name }];
    const members = changedMembers(found.value, value);
    if (members.length > 0) return [{ action: 'changed', kind, id, name, members }];
    kept += 1;
    return [];
  });
  const gone = before.filter(({ kind, id }) => !wanted.has(`${kind} ${id}`));
  return {
    changes: [...changes, ...gone.map(({ kind, id, name }) => ({ action: 'deleted', kind, id, name }) as const)],
    kept,
  };
}

/** Names of the members that say something else. */
export function changedMembers(before: JsonObject, after: JsonObject): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => canonical(before[name], name) !== canonical(after[name], name)).toSorted();
}

/** Lists whose order means nothing. */
const UNORDERED = new Set([
  'realm',
  'client',
  'realmRoles',
  'clientRoles',
  'groups',
  'roles',
  'composites',
  'grantedClientScopes',
]);

function canonical(value: Json | undefined, name: string): string {
  const sorted = (part: Json, within: string): Json => {
    if (Array.isArray(part)) {
      const items = (part as readonly Json[]).map((item) => sorted(item, within));
      return UNORDERED.has(within) ? items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
    }
    if (!isJsonObject(part)) return part;
    const entries = Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item, UNORDERED.has(within) ? within : key)]));
  };
  return JSON.stringify(value === undefined ? null : sorted(value, name));
}

/** Members of a realm file that are lists of things of their own. */
const LISTS = [
  ...['roles', 'groups', 'clients', 'clientScopes', 'scopeMappings', 'clientScopeMappings', 'authenticationFlows'],
  ...['authenticatorConfig', 'components'],
];

function thingsOf(realm: JsonObject): readonly Thing[] {
  const { [KEY_PROVIDER_TYPE]: keys, ...components } = objectOf(realm['components']);
  const own = {
    ...Object.fromEntries(Object.entries(realm).filter(([member]) => !LISTS.includes(member))),
    components,
  };
  const roles = objectOf(realm['roles']);
  return [
    { kind: 'realm', id: textOf(realm['id']), name: textOf(realm['realm']), value: own },
    ...named('client scope', realm['clientScopes'], 'name', (name) => mappingsOf(realm, 'clientScope', name)),
    ...named('client', realm['clients'], 'clientId', (name) => mappingsOf(realm, 'client', name)),
    ...named('realm role', roles['realm'], 'name'),
    ...Object.entries(objectOf(roles['client'])).flatMap(([clientId, list]) =>
      named('client role', list, 'name').map((role) => ({ ...role, name: `${clientId}/${role.name}` })),
    ),
    ...groupsIn(realm['groups'], ''),
    ...named('flow', realm['authenticationFlows'], 'alias'),
    ...named('config', realm['authenticatorConfig'], 'alias'),
    ...named('key', keys, 'name'),
  ];
}

function named(
  kind: ThingKind,
  list: Json | undefined,
  member: string,
  more: (name: string) => JsonObject = () => ({}),
): readonly Thing[] {
  return objectsOf(list).map((value) => {
    const name = textOf(value[member]);
    return { kind, id: textOf(value['id']), name, value: { ...value, ...more(name) } };
  });
}

const groupsIn = (list: Json | undefined, parent: string): readonly Thing[] =>
  objectsOf(list).flatMap(({ subGroups, ...value }) => [
    { kind: 'group' as const, id: textOf(value['id']), name: textOf(value['path']), value: { ...value, parent } },
    ...groupsIn(subGroups, textOf(value['id'])),
  ]);

/** The roles that tokens of a client or of clients with a scope may carry. */
function mappingsOf(realm: JsonObject, member: 'client' | 'clientScope', name: string): JsonObject {
  const of = (list: Json | undefined): Json | undefined =>
    objectsOf(list).find((each) => each[member] === name)?.['roles'];
  const ofClients = Object.entries(objectOf(realm['clientScopeMappings'])).flatMap(([clientId, list]) => {
    const roles = of(list);
    return roles === undefined ? [] : [[clientId, roles] as const];
  });
  return { scopeMappings: { realm: of(realm['scopeMappings']) ?? [], client: Object.fromEntries(ofClients) } };
}
