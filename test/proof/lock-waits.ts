import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Administrator } from '../../src/proof/administrator.js';
import { askForTokens } from '../../src/proof/code-login.js';
import { lookInto, type DatabaseLook } from '../../src/proof/database-look.js';
import { quantile } from '../../src/proof/figures.js';
import {
  deleteRealm,
  makeRealm,
  makeUser,
  PROOF_CLIENT,
  PROOF_PASSWORD,
  type ProofUser,
} from '../../src/proof/proof-realm.js';
import { StartedNodes } from '../../src/proof/started-nodes.js';

const PROGRAM = join(import.meta.dirname, '..', '..', 'dist', 'src', 'main.js');
const SECOND_CLIENT = 'proof-2';
const CLIENTS = [PROOF_CLIENT.clientId, SECOND_CLIENT];
const CAP = 2;
const CONNECTIONS = 64;
const LOOK_EVERY_MS = 50;
/** Users made at once. */
const AT_ONCE = 8;

export interface CrowdOptions {
  /** An empty PostgreSQL database. */
  readonly databaseUrl: string;
  readonly users: number;
  readonly nodes: number;
}

export interface CrowdOutcome {
  readonly logins: number;
  /** Answers that were none of a login, in words. */
  readonly refused: readonly string[];
  /** Of pg_stat_database. */
  readonly deadlocks: number;
  /** Milliseconds of a login. */
  readonly p50: number;
  readonly p99: number;
  /** The longest that a connection was seen waiting for a lock, in milliseconds. */
  readonly longestWait: number;
  /** Users over one of the caps. */
  readonly over: number;
}

/**
 * Every user logs in at two clients, twice at each, all at the same instant and spread over the nodes, so that each login wants to end
 * sessions that another one is about to end; for one user in ten an administrator ends all of them meanwhile.
 */
export async function crowd({ databaseUrl, users: count, nodes: nodeCount }: CrowdOptions): Promise<CrowdOutcome> {
  const nodes = await StartedNodes.start({
    program: PROGRAM,
    settings: { SLUICE_DATABASE_URL: databaseUrl, SLUICE_ENCRYPTION_KEY: randomBytes(32).toString('base64') },
    count: nodeCount,
    connections: CONNECTIONS,
    mayDie: false,
  });
  const look = await lookInto(databaseUrl);
  try {
    const before = await deadlocksOf(look);
    const outcome = await logInAtOnce(nodes, look, count);
    // Its connections report what they counted when they end.
    await nodes.stop();
    return { ...outcome, deadlocks: (await deadlocksOf(look)) - before };
  } finally {
    await nodes.stop();
    await look.close();
  }
}

async function logInAtOnce(
  nodes: StartedNodes,
  look: DatabaseLook,
  count: number,
): Promise<Omit<CrowdOutcome, 'deadlocks'>> {
  const administrator = new Administrator(await nodes.next(), nodes.base, nodes.admin);
  const row = {
    door: 'direct',
    behaviour: 'Terminate oldest session',
    cap: CAP,
    hash: 'cheap',
    rounds: 1,
    parallel: 4,
  } as const;
  const realm = await makeRealm(administrator, row, { moreClients: [SECOND_CLIENT], clientCap: 1 });
  const users: ProofUser[] = [];
  while (users.length < count) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - users.length) }, () =>
      makeUser(administrator, realm.name),
    );
    users.push(...(await Promise.all(batch)));
  }
  const issuer = `${nodes.base}/realms/${realm.name}`;
  const latencies: number[] = [];
  const refused: string[] = [];
  const logIn = async ({ username }: ProofUser, clientId: string): Promise<void> => {
    const form = { grant_type: 'password', scope: 'openid', username, password: PROOF_PASSWORD };
    const agent = await nodes.next();
    const began = performance.now();
    const answer = await askForTokens(agent, { ...PROOF_CLIENT, issuer, clientId }, form);
    latencies.push(performance.now() - began);
    if (answer.status !== 200) refused.push(`${answer.status} ${answer.body.slice(0, 160)}`);
  };
  const endAll = async ({ id }: ProofUser): Promise<unknown> =>
    administrator.over(await nodes.next()).change('POST', `/admin/realms/${realm.name}/users/${id}/logout`);

  const watch = watchLocks(look);
  await Promise.all([
    ...users.flatMap((user) => [...CLIENTS, ...CLIENTS].map((clientId) => logIn(user, clientId))),
    ...users.filter((_, index) => index % 10 === 0).map(endAll),
  ]);
  const longestWait = await watch.stop();
  const over = (await look.rows(OVER, [realm.id])).length;
  await deleteRealm(administrator, realm.name);
  return {
    logins: latencies.length,
    refused,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    longestWait,
    over,
  };
}

const OVER = `SELECT s.user_id FROM user_session s JOIN client_session c ON c.realm_id = s.realm_id AND c.session_id = s.id
  WHERE s.realm_id = $1 AND s.ended_at IS NULL GROUP BY s.user_id, c.client_id HAVING COUNT(*) > 1
  UNION SELECT user_id FROM user_session WHERE realm_id = $1 AND ended_at IS NULL GROUP BY user_id HAVING COUNT(*) > ${CAP}`;

async function deadlocksOf(look: DatabaseLook): Promise<number> {
  const [row] = await look.rows('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()');
  return Number(row?.['deadlocks']);
}

/** Looks again and again how long connections have been waiting for a lock. */
function watchLocks(look: DatabaseLook): { stop(): Promise<number> } {
  const over = new AbortController();
  const watching = (async (): Promise<number> => {
    let longest = 0;
    while (!over.signal.aborted) {
      const [row] = await look.rows(`SELECT COALESCE(MAX(EXTRACT(EPOCH FROM clock_timestamp() - query_start)), 0) AS s
        FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`);
      longest = Math.max(longest, Number(row?.['s']) * 1000);
      await pause(LOOK_EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined);
    }
    return longest;
  })();
  watching.catch(() => undefined);
  return {
    stop: () => {
      over.abort();
      return watching;
    },
  };
}
