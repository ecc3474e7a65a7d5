import type { Agent } from 'node:http';
import type { Administrator } from './administrator.js';
import { askForTokens, type Application } from './code-login.js';
import { DOORS, type AdmittedAnswer, type LoginAnswer } from './doors.js';
import type { History } from './history.js';
import type { HttpAnswer } from './http-request.js';
import { insist, type ProofNodes } from './nodes.js';
import { makeUser, PROOF_CLIENT, PROOF_PASSWORD, type ProofRealm } from './proof-realm.js';
import type { RoundObservation } from './violations.js';

/** What a round is run with. */
export interface ProofGround {
  readonly nodes: ProofNodes;
  readonly administrator: Administrator;
  /** Present where the database of the server may be looked into. */
  readonly history?: History;
}

export interface FinishedRound {
  readonly observation: RoundObservation;
  /** Of each raced request that was answered, in milliseconds. */
  readonly latencies: readonly number[];
}

/**
 * One round: brings all logins of a fresh user to their last request, sends these at once, waits for all answers, and only then looks at
 * what came of it. Page, form, code and refresh token of a login go to different nodes where there are several.
 * @throws Error when the server cannot be asked, except where nodes may die
 */
export async function runRound(ground: ProofGround, realm: ProofRealm): Promise<FinishedRound> {
  const { nodes, administrator } = ground;
  const { row } = realm;
  const user = await insist(nodes, (agent) => makeUser(administrator.over(agent), realm.name));
  const application: Application = { issuer: `${nodes.base}/realms/${realm.name}`, ...PROOF_CLIENT };
  const credentials = { username: user.username, password: PROOF_PASSWORD };
  const logins = await Promise.all(
    Array.from({ length: row.parallel }, () =>
      insist(nodes, (agent) => DOORS[row.door](agent, application, credentials)),
    ),
  );
  const runners = await Promise.all(logins.map(async (login) => ({ login, agent: await nodes.next() })));
  const watch = watchSessions(ground, realm.name, user.id);

  const released = performance.now();
  const raced = await Promise.all(
    runners.map(async ({ login, agent }) => {
      const answer = await unlessLost(nodes, login.submit(agent));
      return { answer: answer && login.read(answer), latency: performance.now() - released };
    }),
  );

  const watched = await watch.stop();
  const answers = raced.flatMap(({ answer }) => answer ?? []);
  const admitted = await Promise.all(
    answers.filter(isAdmitted).map(async (login) => {
      const refreshes = await canRefresh(nodes, application, login);
      return { sessionId: login.sessionId, ...(refreshes === undefined ? {} : { refreshes }) };
    }),
  );
  const asked = <T>(ask: (admin: Administrator) => Promise<T>): Promise<T> =>
    insist(nodes, (agent) => ask(administrator.over(agent)));
  const history = await ground.history?.ofUser(realm.id, user.id);
  const observation: RoundObservation = {
    cap: row.cap,
    behaviour: row.behaviour,
    parallel: row.parallel,
    admitted,
    denied: answers.filter(({ kind }) => kind === 'denied').length,
    others: answers.flatMap((answer) => (answer.kind === 'other' ? answer.what : [])),
    lost: raced.length - answers.length,
    watched,
    listed: await asked((admin) => admin.sessionsOf(realm.name, user.id)),
    failures: await asked((admin) => admin.failuresOf(realm.name, user.id)),
    ...(history && { history }),
  };
  return { observation, latencies: raced.flatMap(({ answer, latency }) => (answer ? latency : [])) };
}

const isAdmitted = (answer: LoginAnswer): answer is AdmittedAnswer => answer.kind === 'admitted';

/** Undefined when the node died before it had answered. @throws Error where nodes do not die */
function unlessLost(nodes: ProofNodes, answer: Promise<HttpAnswer>): Promise<HttpAnswer | undefined> {
  return nodes.mayDie ? answer.catch(() => undefined) : answer;
}

/** Undefined when that cannot be known: the node died while it took the code, which is good for once. */
async function canRefresh(
  nodes: ProofNodes,
  application: Application,
  login: AdmittedAnswer,
): Promise<boolean | undefined> {
  let token: string | undefined;
  try {
    token = await login.refreshToken(await nodes.next());
  } catch (error) {
    if (!nodes.mayDie) throw error;
    return undefined;
  }
  if (token === undefined) return false;
  const form = { grant_type: 'refresh_token', refresh_token: token };
  return (await insist(nodes, (agent) => askForTokens(agent, application, form))).status === 200;
}

/** Lists a user's sessions again and again while logins race. */
function watchSessions(
  { nodes, administrator }: ProofGround,
  realm: string,
  userId: string,
): { stop(): Promise<number> } {
  let over = false;
  const look = async (): Promise<number> => {
    let most = 0;
    do {
      const list = (agent: Agent): Promise<readonly string[]> => administrator.over(agent).sessionsOf(realm, userId);
      most = Math.max(most, (await insist(nodes, list)).length);
    } while (!over);
    return most;
  };
  const looking = look();
  // Told by `stop`; the race goes on meanwhile.
  looking.catch(() => undefined);
  return {
    stop: () => {
      over = true;
      return looking;
    },
  };
}
