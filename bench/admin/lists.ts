import type { Stores } from '../../src/persistence/stores.js';
import type { SessionCutoff } from '../../src/sessions/user-session.js';
import type { Administrator } from '../../src/proof/administrator.js';
import { CHEAP_HASH } from '../bench-realm.js';
import { generatedUser } from '../growth/fill.js';
import type { Workload } from '../workload.js';
import { EVERYBODY, type RealmSize } from './realm-file.js';

export const BASE = `/admin/realms/${CHEAP_HASH.name}`;
const PAGE = 20;
/** A deep page begins after so much of the list. */
const DEEP = 0.9;
/** As in a new realm. */
const LIFETIME_MS = 36_000_000;

/** Ids that the lists name. */
export interface ListIds {
  readonly realmId: string;
  /** Of the role and the group that everybody has, and of the client that takes part in every session. */
  readonly roleId: string;
  readonly groupId: string;
  readonly clientId: string;
}

/** A list as administrators look at it, and the question that its door asks of the stores. */
export interface List {
  readonly name: string;
  readonly path: (turn: number) => string;
  /** How many rows the answer has to have; absent for a count. */
  readonly rows?: number;
  /** Absent where the statement is not ours to explain. */
  readonly ask?: (stores: Stores) => Promise<unknown>;
}

/** Every list that pages, its first page and a deep one, and every count. */
export function lists(size: RealmSize, ids: ListIds): readonly List[] {
  return [...ofUsers(size, ids), ...ofTheRest(size, ids), ...ofSessions(size, ids), ...ofEvents(size, ids)];
}

const deep = (count: number): number => Math.max(0, Math.min(count - PAGE, Math.floor(count * DEEP)));

const paged = (
  name: string,
  count: number,
  path: string,
  ask: (stores: Stores, page: { readonly first: number; readonly max: number }) => Promise<unknown>,
): readonly List[] =>
  [0, deep(count)].map((first, index) => ({
    name: index === 0 ? name : `${name}, deep`,
    path: () => `${BASE}/${path}${path.includes('?') ? '&' : '?'}first=${first}&max=${PAGE}`,
    rows: Math.min(PAGE, count),
    ask: (stores) => ask(stores, { first, max: PAGE }),
  }));

function ofUsers({ users }: RealmSize, { realmId, roleId, groupId }: ListIds): readonly List[] {
  // Every generated name begins with `gen-`.
  const search = 'gen-';
  const someone = (turn: number): string => generatedUser(1 + ((turn * 7919) % users));
  return [
    ...paged('users', users, 'users', ({ users: store }, page) => store.list(realmId, page)),
    ...paged('users by a prefix', users, `users?search=${search}`, ({ users: store }, page) =>
      store.list(realmId, { search, ...page }),
    ),
    {
      name: 'one user by name',
      path: (turn) => `${BASE}/users?username=${someone(turn)}&exact=true`,
      rows: 1,
      ask: ({ users: store }) => store.list(realmId, { username: someone(1), exact: true, first: 0, max: 100 }),
    },
    {
      name: 'users by a part of the name',
      path: (turn) => `${BASE}/users?username=${String(100 + (turn % 900))}&max=${PAGE}`,
      ask: ({ users: store }) => store.list(realmId, { username: '500', first: 0, max: PAGE }),
    },
    {
      name: 'count of users',
      path: () => `${BASE}/users/count`,
      ask: ({ users: store }) => store.count(realmId, {}),
    },
    {
      name: 'count of users by a prefix',
      path: () => `${BASE}/users/count?search=gen-7`,
      ask: ({ users: store }) => store.count(realmId, { search: 'gen-7' }),
    },
    ...paged('holders of a role', users, `roles/${EVERYBODY}/users`, ({ roles }, { first, max }) =>
      roles.holders(realmId, roleId, first, max),
    ),
    ...paged('members of a group', users, `groups/${groupId}/members`, ({ groups }, { first, max }) =>
      groups.members(realmId, groupId, first, max),
    ),
  ];
}

function ofTheRest(size: RealmSize, { realmId }: ListIds): readonly List[] {
  const search = 'bench-';
  return [
    ...paged('clients', size.clients, 'clients', ({ clients }, page) => clients.list(realmId, page)),
    ...paged(
      'clients by a part of the name',
      size.clients,
      `clients?search=true&clientId=${search}`,
      ({ clients }, page) => clients.list(realmId, { clientId: search, search: true, ...page }),
    ),
    ...paged('roles', size.roles, 'roles', ({ roles }, page) => roles.list(realmId, page)),
    ...paged('roles by a part of the name', size.roles - 1, `roles?search=${search}`, ({ roles }, page) =>
      roles.list(realmId, { search, ...page }),
    ),
    ...paged('groups', size.groups, 'groups', ({ groups }, page) => groups.list(realmId, { parentId: null, ...page })),
    ...paged('groups by a part of the name', size.groups - 1, `groups?search=${search}`, ({ groups }, page) =>
      groups.list(realmId, { search, ...page }),
    ),
    {
      name: 'count of groups',
      path: () => `${BASE}/groups/count`,
      ask: ({ groups }) => groups.count(realmId, {}),
    },
    {
      name: 'client scopes (the API has no pages)',
      path: () => `${BASE}/client-scopes`,
      ask: ({ clientScopes }) => clientScopes.list(realmId),
    },
  ];
}

function ofSessions({ users }: RealmSize, { realmId, clientId }: ListIds): readonly List[] {
  // An idle realm shows no session twice; so many are looked through as users there are.
  const cutoffs: readonly SessionCutoff[] = [false, true].map((rememberMe) => {
    const over = Date.now() - LIFETIME_MS;
    return { offline: false, rememberMe, lastUsedUpTo: over, startedUpTo: over };
  });
  return [
    ...paged('sessions', users, 'sessions', ({ sessionLists }, page) =>
      sessionLists.search(realmId, { offline: false }, cutoffs, page),
    ),
    ...paged('sessions of a client', users, `clients/${clientId}/user-sessions`, ({ sessionLists }, page) =>
      sessionLists.ofClient(realmId, clientId, false, cutoffs, page),
    ),
  ];
}

function ofEvents({ events }: RealmSize, { realmId }: ListIds): readonly List[] {
  const newest = { direction: 'desc' } as const;
  return [
    ...paged('events', events, 'events', (stores, page) => stores.events.list(realmId, { ...newest, ...page })),
    ...paged('events of a client', events, 'events?client=bench-app', (stores, page) =>
      stores.events.list(realmId, { clientId: 'bench-app', ...newest, ...page }),
    ),
    ...paged('admin events', events, 'admin-events', ({ adminEvents }, page) =>
      adminEvents.list(realmId, { ...newest, ...page }),
    ),
    ...paged('admin events of a caller', events, 'admin-events?authUser=gen-1', ({ adminEvents }, page) =>
      adminEvents.list(realmId, { authUserId: 'gen-1', ...newest, ...page }),
    ),
  ];
}

/** @param admin whoever looks, over all connections */
export const listWorkload = ({ name, path, rows }: List, admin: Administrator): Workload => ({
  name,
  prepare: (_ground, connection) => {
    let turn = connection;
    return Promise.resolve(async () => {
      const { body } = await admin.read(path(turn));
      turn += 4;
      if (rows === undefined) return;
      const got = (JSON.parse(body) as readonly unknown[]).length;
      if (got !== rows) throw new Error(`${name}: ${got} rows instead of ${rows}`);
    });
  },
});
