/** A client with a secret and a service account. */
export const SERVICE = { clientId: 'bench-service', secret: 'bench-service-secret' } as const;
/** The first administrator of every server that is measured, as `ServerProcess` names it. */
export const ADMIN = { name: 'admin', password: 'admin' } as const;
/** The application people log in to; no limiter in its flows. */
export const APP = { clientId: 'bench-app', redirectUri: 'http://127.0.0.1:9/callback' } as const;
/** The same with a cap of three sessions, of which the oldest ends. */
export const CAPPED_APP = { clientId: 'bench-capped', redirectUri: 'http://127.0.0.1:9/callback' } as const;
/** With a cap that nobody reaches: what counting costs. */
export const ROOMY_APP = { clientId: 'bench-roomy', redirectUri: 'http://127.0.0.1:9/callback' } as const;
/** As `APP`, with tokens that are signed with ES256. */
export const ES256_APP = { clientId: 'bench-es256', redirectUri: 'http://127.0.0.1:9/callback' } as const;
export const PASSWORD = 'bench-password';

/** An application of the realm. */
export type BenchApp = typeof APP | typeof CAPPED_APP | typeof ROOMY_APP | typeof ES256_APP;

/** Sessions that a user may have at a client. */
export const CAPS: Readonly<Record<string, number>> = { [CAPPED_APP.clientId]: 3, [ROOMY_APP.clientId]: 1_000_000 };

/** Users with so many sessions at `ROOMY_APP` each. They are many, so that the measured logins hardly change the number. */
export interface Crowd {
  readonly sessions: number;
  readonly users: number;
}

/** As many sessions as Keycloak's users had. */
export const CROWDS: readonly Crowd[] = [
  { sessions: 0, users: 1000 },
  { sessions: 100, users: 100 },
  { sessions: 1000, users: 20 },
  { sessions: 5000, users: 10 },
];

/** The users of a crowd are `<this>1`, `<this>2`, ...; ids are the names. */
export const crowdPrefix = ({ sessions }: Crowd): string => `own-${sessions}-`;

const CAPPED_GRANT = '9d7f2b52-6f0e-4d0a-9a52-0f6a3d1c7e11';
const CAPPED_BROWSER = 'b0a4a1f6-8d0a-4c43-9c5b-6d2b6c2f1c12';
const ROOMY_GRANT = '3f4e3c35-54c5-4f3b-8a0e-5b7a9be7b713';
const TOKEN_SECONDS = 36_000;

/** A realm to be measured in. */
export interface BenchRealm {
  readonly name: string;
  /** Undefined: the default hash. */
  readonly passwordPolicy?: string;
  /** Users `user-1` ... so that no user's own sessions pile up. */
  readonly users: number;
  /** Users beside them. */
  readonly crowds?: readonly Crowd[];
}

/** Default Argon2id. */
export const DEFAULT_HASH: BenchRealm = { name: 'bench-default', users: 200 };
/** Almost no hash: what remains is the login itself. */
export const CHEAP_HASH: BenchRealm = {
  name: 'bench-cheap',
  users: 2000,
  passwordPolicy: 'hashAlgorithm(pbkdf2-sha256) and hashIterations(1)',
};

/** A realm file, as far as others add to it. */
export interface BenchRealmFile {
  readonly [member: string]: unknown;
  readonly clients: readonly object[];
}

/** The realm file of a realm to be measured in. */
export const benchRealmFile = ({ name, users, passwordPolicy, crowds = [] }: BenchRealm): BenchRealmFile => ({
  realm: name,
  enabled: true,
  // Tokens outlive the measurement.
  accessTokenLifespan: TOKEN_SECONDS,
  ssoSessionIdleTimeout: TOKEN_SECONDS,
  ...(passwordPolicy === undefined ? {} : { passwordPolicy }),
  clients: [
    application(APP),
    application(CAPPED_APP, {
      authenticationFlowBindingOverrides: { direct_grant: CAPPED_GRANT, browser: CAPPED_BROWSER },
    }),
    application(ROOMY_APP, { authenticationFlowBindingOverrides: { direct_grant: ROOMY_GRANT } }),
    application(ES256_APP, {
      attributes: { 'access.token.signed.response.alg': 'ES256', 'id.token.signed.response.alg': 'ES256' },
    }),
    { ...SERVICE, enabled: true, publicClient: false, serviceAccountsEnabled: true, standardFlowEnabled: false },
  ],
  users: [
    ...Array.from({ length: users }, (_, index) => user(`user-${index + 1}`, String(index + 1))),
    ...crowds.flatMap((crowd) =>
      Array.from({ length: crowd.users }, (_, index) => {
        const username = `${crowdPrefix(crowd)}${index + 1}`;
        return { id: username, ...user(username, String(crowd.sessions)) };
      }),
    ),
  ],
  authenticationFlows: [
    grant(CAPPED_GRANT, 'bench grant, three sessions', THREE_SESSIONS),
    flow(CAPPED_BROWSER, 'bench browser, three sessions', [
      { authenticator: 'auth-username-password-form', requirement: 'REQUIRED', priority: 10 },
      limiter(THREE_SESSIONS, 20),
    ]),
    grant(ROOMY_GRANT, 'bench grant, much room', MUCH_ROOM),
  ],
  authenticatorConfig: [
    limiterConfig(THREE_SESSIONS, CAPS[CAPPED_APP.clientId]),
    limiterConfig(MUCH_ROOM, CAPS[ROOMY_APP.clientId]),
  ],
});

const THREE_SESSIONS = 'three sessions';
const MUCH_ROOM = 'much room';

const user = (username: string, lastName: string): object => ({
  username,
  email: `${username}@bench.test`,
  emailVerified: true,
  firstName: 'User',
  lastName,
  enabled: true,
  credentials: [{ type: 'password', value: PASSWORD }],
});

const flow = (id: string, alias: string, authenticationExecutions: readonly object[]): object => ({
  id,
  alias,
  providerId: 'basic-flow',
  topLevel: true,
  builtIn: false,
  authenticationExecutions,
});

const grant = (id: string, alias: string, config: string): object =>
  flow(id, alias, [
    { authenticator: 'direct-grant-validate-username', requirement: 'REQUIRED', priority: 10 },
    { authenticator: 'direct-grant-validate-password', requirement: 'REQUIRED', priority: 20 },
    limiter(config, 30),
  ]);

const limiter = (authenticatorConfig: string, priority: number): object => ({
  authenticator: 'user-session-limits',
  authenticatorConfig,
  requirement: 'REQUIRED',
  priority,
});

const limiterConfig = (alias: string, cap = 0): object => ({
  alias,
  config: { userRealmLimit: '0', userClientLimit: String(cap), behavior: 'Terminate oldest session' },
});

const application = ({ clientId, redirectUri }: BenchApp, more: object = {}): object => ({
  ...more,
  clientId,
  enabled: true,
  publicClient: true,
  directAccessGrantsEnabled: true,
  redirectUris: [redirectUri],
  protocolMappers: [
    {
      // Only who is named in the audience learns anything from introspection.
      name: 'audience',
      protocol: 'openid-connect',
      protocolMapper: 'oidc-audience-mapper',
      config: { 'included.client.audience': SERVICE.clientId, 'access.token.claim': 'true' },
    },
  ],
});
