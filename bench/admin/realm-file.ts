import { APP, benchRealmFile, CHEAP_HASH, type BenchRealmFile } from '../bench-realm.js';

/** How large the realm is. */
export interface RealmSize {
  /** In tens. */
  readonly users: number;
  readonly clients: number;
  readonly flows: number;
  readonly roles: number;
  readonly groups: number;
  readonly clientScopes: number;
  /** Audit events, and as many admin events. */
  readonly events: number;
}

/** What issue 5 asks for, and as much of the rest as goes with it. */
export const FULL_SIZE: RealmSize = {
  users: 10_000,
  clients: 1_000,
  flows: 200,
  roles: 1_000,
  groups: 1_000,
  clientScopes: 100,
  events: 50_000,
};

/** A realm role and a group that everybody is in. */
export const EVERYBODY = 'everybody';
/** Who may manage the realm: the bind check asks whether one of them could still come in. */
const ADMINISTRATORS = 20;
/** Every so many clients one names a flow of its own. */
const OVERRIDING_EVERY = 50;

export const flowAlias = (number: number): string => `bench flow ${number}`;
export const clientName = (number: number): string => `bench-client-${number}`;
const roleName = (number: number): string => `bench-role-${number}`;
const flowId = (number: number): string => `bench-flow-${number}`;

/** The realm file, as far as others add to it. */
export interface AdminRealmFile extends BenchRealmFile {
  readonly users: readonly object[];
  readonly authenticationFlows: readonly object[];
}

/** The realm without what `fillRealm` adds. */
export function adminRealmFile(size: RealmSize): AdminRealmFile {
  const { clients, authenticationFlows, authenticatorConfig, users, ...file } = benchRealmFile({
    ...CHEAP_HASH,
    users: ADMINISTRATORS,
  }) as Record<'clients' | 'users' | 'authenticationFlows' | 'authenticatorConfig', readonly object[]>;
  const flows = numbers(size.flows);
  return {
    ...file,
    adminEventsEnabled: true,
    adminEventsDetailsEnabled: true,
    clients: [...clients, ...numbers(size.clients - clients.length).map((number) => application(number, size.flows))],
    users: users.map((user) => ({ ...user, clientRoles: { 'realm-management': ['realm-admin'] } })),
    roles: { realm: [EVERYBODY, ...numbers(size.roles - 1).map(roleName)].map((name) => ({ name })) },
    groups: [EVERYBODY, ...numbers(size.groups - 1).map((number) => `bench-group-${number}`)].map((name) => ({ name })),
    authenticationFlows: [...authenticationFlows, ...flows.flatMap(flowParts)],
    authenticatorConfig: [
      ...authenticatorConfig,
      ...flows.map((number) => ({
        alias: configAlias(number),
        config: { userRealmLimit: '0', userClientLimit: '3', behavior: 'Terminate oldest session' },
      })),
    ],
  };
}

const numbers = (count: number): readonly number[] => Array.from({ length: Math.max(0, count) }, (_, at) => at + 1);

const application = (number: number, flows: number): object => ({
  clientId: clientName(number),
  name: `Application ${number}`,
  enabled: true,
  publicClient: true,
  redirectUris: [APP.redirectUri],
  ...(number % OVERRIDING_EVERY === 0 && {
    authenticationFlowBindingOverrides: { browser: flowId(1 + (number % flows)) },
  }),
});

const configAlias = (number: number): string => `bench limits ${number}`;

/** A flow such as realms have: cookie or forms, password, second factor where there is one, cap. */
function flowParts(number: number): readonly object[] {
  const alias = flowAlias(number);
  const flow = { providerId: 'basic-flow', builtIn: false, description: 'One of many' };
  const step = (authenticator: string, requirement: string, priority: number, more: object = {}): object => ({
    authenticator,
    requirement,
    priority,
    ...more,
  });
  const subflow = (name: string, requirement: string, priority: number): object => ({
    authenticatorFlow: true,
    flowAlias: name,
    requirement,
    priority,
  });
  return [
    {
      ...flow,
      id: flowId(number),
      alias,
      topLevel: true,
      authenticationExecutions: [
        step('auth-cookie', 'ALTERNATIVE', 10),
        step('identity-provider-redirector', 'DISABLED', 20),
        subflow(`${alias} forms`, 'ALTERNATIVE', 30),
      ],
    },
    {
      ...flow,
      alias: `${alias} forms`,
      topLevel: false,
      authenticationExecutions: [
        step('auth-username-password-form', 'REQUIRED', 10),
        subflow(`${alias} second factor`, 'CONDITIONAL', 20),
        step('user-session-limits', 'REQUIRED', 30, { authenticatorConfig: configAlias(number) }),
      ],
    },
    {
      ...flow,
      alias: `${alias} second factor`,
      topLevel: false,
      authenticationExecutions: [
        step('conditional-user-configured', 'REQUIRED', 10),
        step('auth-otp-form', 'REQUIRED', 20),
      ],
    },
  ];
}
