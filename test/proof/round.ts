import type { Agent } from 'node:http';
import { askForTokens, type Application } from '../support/code-login.js';
import type { Administrator } from '../support/administrator.js';
import { DOORS, type LoginAnswer } from './doors.js';
import type { History } from './history.js';
import type { ProofRealm, ProofUser } from './proof-plan.js';
import { PROOF_CLIENT, PROOF_PASSWORD } from './proof-realm.js';
import type { RoundObservation } from './violations.js';

/** What a round is run with. */
export interface ProofGround {
  readonly agent: Agent;
  readonly server: string;
  readonly administrator: Administrator;
  readonly history: History;
}

export interface FinishedRound {
  readonly observation: RoundObservation;
  /** Of each raced request, in milliseconds. */
  readonly latencies: readonly number[];
}

/**
 * One round: brings all logins of a user to their last request, sends these at once, waits for all answers, and only then looks at
 * what came of it.
 */
export async function runRound(ground: ProofGround, realm: ProofRealm, user: ProofUser): Promise<FinishedRound> {
  const { row } = realm;
  const { agent } = ground;
  const application: Application = { issuer: `${ground.server}/realms/${realm.name}`, ...PROOF_CLIENT };
  const credentials = { username: user.username, password: PROOF_PASSWORD };
  const logins = await Promise.all(
    Array.from({ length: row.parallel }, () => DOORS[row.door](agent, application, credentials)),
  );

  const released = performance.now();
  const answered = await Promise.all(
    logins.map(async (login) => ({ login, answer: await login.submit(), latency: performance.now() - released })),
  );

  const answers = answered.map(({ login, answer }) => login.read(answer));
  const admitted = answers.filter((answer) => answer.kind === 'admitted');
  const refreshed = await Promise.all(admitted.map((login) => canRefresh(agent, application, login)));
  const observation: RoundObservation = {
    cap: row.cap,
    behaviour: row.behaviour,
    parallel: row.parallel,
    admitted: admitted.map(({ sessionId }, index) => ({ sessionId, refreshes: refreshed[index] === true })),
    denied: answers.filter(({ kind }) => kind === 'denied').length,
    others: answers.filter((answer) => answer.kind === 'other').map(({ what }) => what),
    listed: await ground.administrator.sessionsOf(realm.name, user.id),
    failures: await ground.administrator.failuresOf(realm.name, user.id),
    history: await ground.history.ofUser(realm.id, user.id),
  };
  return { observation, latencies: answered.map(({ latency }) => latency) };
}

async function canRefresh(
  agent: Agent,
  application: Application,
  login: Extract<LoginAnswer, { kind: 'admitted' }>,
): Promise<boolean> {
  const token = await login.refreshToken();
  if (token === undefined) return false;
  const answer = await askForTokens(agent, application, { grant_type: 'refresh_token', refresh_token: token });
  return answer.status === 200;
}
