/** A client with a secret and a service account. */
export const SERVICE = { clientId: 'bench-service', secret: 'bench-service-secret' } as const;
/** The application people log in to; no limiter in its flows. */
export const APP = { clientId: 'bench-app', redirectUri: 'http://127.0.0.1:9/callback' } as const;
/** The same with a cap of three sessions, of which the oldest ends. */
export const CAPPED_APP = { clientId: 'bench-capped', redirectUri: 'http://127.0.0.1:9/callback' } as const;
export const PASSWORD = 'bench-password';

const CAPPED_FLOW = '9d7f2b52-6f0e-4d0a-9a52-0f6a3d1c7e11';
const TOKEN_SECONDS = 36_000;

/** A realm to be measured in. */
export interface BenchRealm {
  readonly name: string;
  /** Undefined: the default hash. */
  readonly passwordPolicy?: string;
  /** Users `user-1` ... so that no user's own sessions pile up. */
  readonly users: number;
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
export const benchRealmFile = ({ name, users, passwordPolicy }: BenchRealm): BenchRealmFile => ({
  realm: name,
  enabled: true,
  // Tokens outlive the measurement.
  accessTokenLifespan: TOKEN_SECONDS,
  ssoSessionIdleTimeout: TOKEN_SECONDS,
  ...(passwordPolicy === undefined ? {} : { passwordPolicy }),
  clients: [
    application(APP),
    { ...application(CAPPED_APP), authenticationFlowBindingOverrides: { direct_grant: CAPPED_FLOW } },
    { ...SERVICE, enabled: true, publicClient: false, serviceAccountsEnabled: true, standardFlowEnabled: false },
  ],
  users: Array.from({ length: users }, (_, index) => ({
    username: `user-${index + 1}`,
    email: `user-${index + 1}@bench.test`,
    emailVerified: true,
    firstName: 'User',
    lastName: String(index + 1),
    enabled: true,
    credentials: [{ type: 'password', value: PASSWORD }],
  })),
  authenticationFlows: [
    {
      id: CAPPED_FLOW,
      alias: 'bench grant, three sessions',
      providerId: 'basic-flow',
      topLevel: true,
      builtIn: false,
      authenticationExecutions: [
        { authenticator: 'direct-grant-validate-username', requirement: 'REQUIRED', priority: 10 },
        { authenticator: 'direct-grant-validate-password', requirement: 'REQUIRED', priority: 20 },
        {
          authenticator: 'user-session-limits',
          authenticatorConfig: 'three sessions',
          requirement: 'REQUIRED',
          priority: 30,
        },
      ],
    },
  ],
  authenticatorConfig: [
    {
      alias: 'three sessions',
      config: { userRealmLimit: '0', userClientLimit: '3', behavior: 'Terminate oldest session' },
    },
  ],
});

const application = ({ clientId, redirectUri }: typeof APP | typeof CAPPED_APP): object => ({
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
