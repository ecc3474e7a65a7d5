import { randomBytes } from 'node:crypto';
import type { Administrator } from './administrator.js';
import { textOf } from './http-request.js';
import type { ProofRow } from './proof-plan.js';

/** The one client of a proof's realm. */
export const PROOF_CLIENT = { clientId: 'proof', redirectUri: 'http://127.0.0.1:9/callback' } as const;
export const PROOF_PASSWORD = 'proof-password';
/** What a denied login reads; nothing else of a server says this. */
export const DENIAL = 'The cap of this proof is reached.';

const CHEAP_HASH = 'hashAlgorithm(pbkdf2-sha256) and hashIterations(1)';
const STEPS = {
  browserFlow: ['auth-username-password-form'],
  directGrantFlow: ['direct-grant-validate-username', 'direct-grant-validate-password'],
} as const;

/** A throw-away realm in which a row is run. */
export interface ProofRealm {
  readonly row: ProofRow;
  readonly id: string;
  readonly name: string;
}

export interface ProofUser {
  readonly id: string;
  readonly username: string;
}

/** What differs from a realm with one client and a cap for each user. */
export interface RealmShape {
  /** Further clients like the one of a proof, by their public ids. */
  readonly moreClients?: readonly string[];
  /** Sessions of a user at one client; no limit unless given. */
  readonly clientCap?: number;
}

/**
 * Makes a realm for a row, by nothing but the public Admin REST: flows with the limiter for both doors, the guard against guessing on.
 * @throws Error when the server refuses any of it; what was made of the realm is then deleted
 */
export async function makeRealm(
  admin: Administrator,
  row: ProofRow,
  { moreClients = [], clientCap = 0 }: RealmShape = {},
): Promise<ProofRealm> {
  const behaviour = row.behaviour === 'Deny new session' ? 'deny' : 'terminate';
  const name = `proof-${randomBytes(4).toString('hex')}-${row.door}-${behaviour}-${row.cap}-${row.hash}`;
  await admin.change('POST', '/admin/realms', {
    realm: name,
    enabled: true,
    bruteForceProtected: true,
    ...(row.hash === 'cheap' ? { passwordPolicy: CHEAP_HASH } : {}),
    clients: [PROOF_CLIENT.clientId, ...moreClients].map((clientId) => ({
      clientId,
      enabled: true,
      publicClient: true,
      standardFlowEnabled: true,
      directAccessGrantsEnabled: true,
      redirectUris: [PROOF_CLIENT.redirectUri],
    })),
  });
  try {
    const config = {
      userRealmLimit: String(row.cap),
      userClientLimit: String(clientCap),
      behavior: row.behaviour,
      errorMessage: DENIAL,
    };
    const flows: Record<string, string> = {};
    for (const [binding, steps] of Object.entries(STEPS))
      flows[binding] = await makeFlow(admin, name, { binding, steps, config });
    await admin.change('PUT', `/admin/realms/${name}`, flows);
    return { row, name, id: textOf(await admin.read(`/admin/realms/${name}`), 'id') };
  } catch (error) {
    await deleteRealm(admin, name);
    throw error;
  }
}

export const deleteRealm = (admin: Administrator, name: string): Promise<unknown> =>
  admin.change('DELETE', `/admin/realms/${name}`);

/** A fresh user with everything that a profile must have, so that nothing but the limiter stands in the way. */
export async function makeUser(admin: Administrator, realm: string): Promise<ProofUser> {
  const username = `user-${randomBytes(6).toString('hex')}`;
  const id = await admin.create(`/admin/realms/${realm}/users`, {
    username,
    email: `${username}@proof.test`,
    emailVerified: true,
    firstName: 'User',
    lastName: 'Proof',
    enabled: true,
    credentials: [{ type: 'password', value: PROOF_PASSWORD, temporary: false }],
  });
  return { id, username };
}

/** Makes a flow of the steps with the limiter behind them, and gives its alias. */
async function makeFlow(
  admin: Administrator,
  realm: string,
  flow: { readonly binding: string; readonly steps: readonly string[]; readonly config: object },
): Promise<string> {
  const alias = `proof ${flow.binding}`;
  const base = `/admin/realms/${realm}/authentication`;
  const described = { alias, providerId: 'basic-flow', topLevel: true, builtIn: false };
  const parentFlow = await admin.create(`${base}/flows`, described);
  let limiter = '';
  for (const authenticator of [...flow.steps, 'user-session-limits']) {
    limiter = await admin.create(`${base}/executions`, { parentFlow, authenticator, requirement: 'REQUIRED' });
  }
  await admin.change('POST', `${base}/executions/${limiter}/config`, {
    alias: `the cap of ${flow.binding}`,
    config: flow.config,
  });
  return alias;
}
