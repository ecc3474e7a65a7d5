import type { ProofRealm } from './proof-plan.js';

/** The one client of a proof's realm. */
export const PROOF_CLIENT = { clientId: 'proof', redirectUri: 'http://127.0.0.1:9/callback' } as const;
export const PROOF_PASSWORD = 'proof-password';
/** What a denied login reads; nothing else of the server says this. */
export const DENIAL = 'The cap of this proof is reached.';

const CHEAP_HASH = 'hashAlgorithm(pbkdf2-sha256) and hashIterations(1)';

/** The realm file of a row: flows with the limiter for both doors, the guard against guessing on, one user a round. */
export function proofRealmFile({ row, id, name, users }: ProofRealm): unknown {
  return {
    id,
    realm: name,
    enabled: true,
    bruteForceProtected: true,
    ...(row.hash === 'cheap' ? { passwordPolicy: CHEAP_HASH } : {}),
    browserFlow: 'proof browser',
    directGrantFlow: 'proof grant',
    clients: [
      {
        clientId: PROOF_CLIENT.clientId,
        enabled: true,
        publicClient: true,
        directAccessGrantsEnabled: true,
        redirectUris: [PROOF_CLIENT.redirectUri],
      },
    ],
    users: users.map((user, index) => ({
      ...user,
      email: `${user.username}@proof.test`,
      emailVerified: true,
      firstName: 'User',
      lastName: String(index + 1),
      enabled: true,
      credentials: [{ type: 'password', value: PROOF_PASSWORD }],
    })),
    authenticationFlows: [
      flow('proof browser', true, [
        { authenticator: 'auth-cookie', requirement: 'ALTERNATIVE' },
        { authenticatorFlow: true, flowAlias: 'proof browser forms', requirement: 'ALTERNATIVE' },
      ]),
      flow('proof browser forms', false, [step('auth-username-password-form'), limiter]),
      flow('proof grant', true, [
        step('direct-grant-validate-username'),
        step('direct-grant-validate-password'),
        limiter,
      ]),
    ],
    authenticatorConfig: [
      {
        alias: 'the cap',
        config: {
          userRealmLimit: String(row.cap),
          userClientLimit: '0',
          behavior: row.behaviour,
          errorMessage: DENIAL,
        },
      },
    ],
  };
}

const step = (authenticator: string): object => ({ authenticator, requirement: 'REQUIRED' });
const limiter = { ...step('user-session-limits'), authenticatorConfig: 'the cap' };

const flow = (alias: string, topLevel: boolean, executions: readonly object[]): object => ({
  alias,
  providerId: 'basic-flow',
  topLevel,
  builtIn: false,
  authenticationExecutions: executions.map((execution, index) => ({ ...execution, priority: (index + 1) * 10 })),
});
