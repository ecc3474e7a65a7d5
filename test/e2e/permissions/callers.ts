import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { askForTokens } from '../../support/browser-session.js';
import type { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

export const REALM = 'office';
const ELSEWHERE = 'elsewhere';
const SECRET = 'robot-secret';
const VIEW_ROLES = ['view-realm', 'view-users', 'view-clients', 'view-events', 'view-identity-providers'];
const REALM_MANAGEMENT = 'realm-management';

/** Users of the realm, with their roles of `realm-management`. */
const MEMBERS = {
  viewer: VIEW_ROLES,
  'query-users': ['query-users'],
  'query-clients': ['query-clients'],
  'query-groups': ['query-groups'],
  'query-realms': ['query-realms'],
  boss: ['realm-admin'],
  nobody: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;
/** A client's own account. */
const ROBOT = 'service-account-robot';
const ROBOT_ROLES = ['manage-clients', 'view-users'];
/** A user of master with some roles of the realm there. */
const VISITOR = 'visitor';
const VISITOR_ROLES = ['manage-users', 'view-realm'];

/** Somebody who calls the Admin API of the realm. */
export interface Caller {
  readonly name: string;
  readonly token: string;
  /** Admin roles in the realm, with those that come with them. */
  readonly roles: ReadonlySet<string>;
}

/** The realms the callers are from. */
export const callerRealms = (): readonly object[] => [
  testRealm({
    realm: REALM,
    people: Object.keys(MEMBERS),
    users: Object.fromEntries(
      Object.entries(MEMBERS).map(([name, roles]) => [name, { clientRoles: { [REALM_MANAGEMENT]: roles } }]),
    ),
    settings: {
      clients: [{ clientId: 'robot', secret: SECRET, serviceAccountsEnabled: true, publicClient: false }],
    },
  }),
  testRealm({
    realm: ELSEWHERE,
    people: ['stranger'],
    users: { stranger: { clientRoles: { [REALM_MANAGEMENT]: ['realm-admin'] } } },
  }),
];

/** Gives the service account and the user of master their roles. */
export async function appointCallers(admin: KcAdminClient): Promise<void> {
  const [robot] = await admin.clients.find({ realm: REALM, clientId: 'robot' });
  const account = await admin.clients.getServiceAccountUser({ realm: REALM, id: robot?.id ?? '' });
  await appoint(admin, REALM, account.id ?? '', REALM_MANAGEMENT, ROBOT_ROLES);
  const realm = 'master';
  const { id } = await admin.users.create({
    realm,
    username: VISITOR,
    enabled: true,
    email: 'visitor@example.test',
    firstName: 'V',
    lastName: 'Isitor',
    credentials: [{ type: 'password', value: `${VISITOR}-pw` }],
  });
  await appoint(admin, realm, id, `${REALM}-realm`, VISITOR_ROLES);
}

async function appoint(
  admin: KcAdminClient,
  realm: string,
  user: string,
  clientId: string,
  names: readonly string[],
): Promise<void> {
  const [client] = await admin.clients.find({ realm, clientId });
  const clientUniqueId = client?.id ?? '';
  const roles = (await admin.clients.listRoles({ realm, id: clientUniqueId })).flatMap(({ id, name }) =>
    id !== undefined && name !== undefined && names.includes(name) ? [{ id, name }] : [],
  );
  await admin.users.addClientRoleMappings({ realm, id: user, clientUniqueId, roles });
}

/** Every caller, signed in. */
export async function signIn(server: RunningServer): Promise<readonly Caller[]> {
  const members = Object.entries(MEMBERS).map(([name, roles]) => person(server, REALM, name, roles));
  return Promise.all([
    ...members,
    tokenOf(server, REALM, 'robot', { grant_type: 'client_credentials', client_secret: SECRET }).then((token) => ({
      name: ROBOT,
      token,
      roles: withContained(ROBOT_ROLES),
    })),
    person(server, 'master', VISITOR, VISITOR_ROLES),
    person(server, ELSEWHERE, 'stranger', []),
  ]);
}

async function person(
  server: RunningServer,
  realm: string,
  username: string,
  roles: readonly string[],
): Promise<Caller> {
  const token = await tokenOf(server, realm, 'admin-cli', {
    grant_type: 'password',
    username,
    password: `${username}-pw`,
  });
  return { name: username, token, roles: withContained(roles) };
}

async function tokenOf(
  server: RunningServer,
  realm: string,
  clientId: string,
  form: Readonly<Record<string, string>>,
): Promise<string> {
  const { access_token: token } = await askForTokens(server, { realm, clientId, redirectUri: '' }, form);
  if (token === undefined) throw new Error(`${clientId} got no token in ${realm}`);
  return token;
}

/** What the seeded composites bring, written down once more: a test that asked the server would agree with any mistake. */
function withContained(roles: readonly string[]): ReadonlySet<string> {
  const ALL = [
    ...['create-client', 'impersonation', 'manage-clients', 'manage-events', 'manage-realm', 'manage-users'],
    ...['manage-identity-providers', 'manage-authorization', 'manage-organizations', ...VIEW_ROLES],
    ...['view-organizations', 'view-authorization', 'query-clients', 'query-users', 'query-groups', 'query-realms'],
    'query-organizations',
  ];
  const CONTAINED: Readonly<Record<string, readonly string[]>> = {
    'realm-admin': ALL,
    'view-users': ['query-users', 'query-groups'],
    'view-clients': ['query-clients'],
    'view-organizations': ['query-organizations'],
  };
  return new Set(roles.flatMap((role) => [role, ...(CONTAINED[role] ?? [])]));
}
