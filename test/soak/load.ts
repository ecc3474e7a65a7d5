import { randomInt } from 'node:crypto';
import type { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Administrator } from '../../src/proof/administrator.js';
import { askForTokens, type Application } from '../../src/proof/code-login.js';
import { DOORS } from '../../src/proof/doors.js';
import { httpRequest, textOf, type HttpAnswer } from '../../src/proof/http-request.js';
import type { ProofNodes } from '../../src/proof/nodes.js';
import { PROOF_PASSWORD, type ProofUser } from '../../src/proof/proof-realm.js';
import type { Ledger } from './ledger.js';
import type { LoadFigures } from './load-figures.js';

/** What the load is made with. */
export interface LoadGround {
  readonly nodes: ProofNodes;
  readonly administrator: Administrator;
  readonly application: Application;
  readonly realm: string;
  readonly users: readonly ProofUser[];
  readonly ledger: Ledger;
}

type Work = (ground: LoadGround, agent: Agent) => Promise<void>;

/** By their part of a hundred. */
const MIX: readonly (readonly [number, Work])[] = [
  [35, (ground, agent) => logIn(ground, agent, 'direct')],
  [15, (ground, agent) => logIn(ground, agent, 'browser')],
  [30, refresh],
  [10, userInfo],
  [10, listSessions],
];

/** How much load is made. */
export interface Rate {
  /** Requests to begin in a second, as long as there are not too many under way. */
  readonly perSecond: number;
  /** The most that are under way at once: a server that is slow is waited for. */
  readonly atOnce: number;
}

/** Makes requests one after the other on some connections, to learn how many a second can be made. */
export async function capacityOf(ground: LoadGround, figures: LoadFigures, seconds: number): Promise<number> {
  const [until, before] = [performance.now() + seconds * 1000, figures.done];
  const run = async (): Promise<void> => {
    while (performance.now() < until) await one(ground, figures);
  };
  await Promise.all([run(), run(), run(), run()]);
  return (figures.done - before) / seconds;
}

/** Makes requests until told to stop; over when all were answered. */
export async function makeLoad(
  ground: LoadGround,
  { perSecond, atOnce }: Rate,
  figures: LoadFigures,
  over: AbortSignal,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  let due = performance.now();
  while (!over.aborted) {
    due = Math.max(due + 1000 / perSecond, performance.now() - 1000);
    await pause(Math.max(0, due - performance.now()), undefined, { signal: over }).catch(() => undefined);
    if (underWay.size >= atOnce) await Promise.race(underWay);
    const request: Promise<void> = one(ground, figures).finally(() => underWay.delete(request));
    underWay.add(request);
  }
  await Promise.all(underWay);
}

function one(ground: LoadGround, figures: LoadFigures): Promise<void> {
  let ticket = randomInt(100);
  const [, work] = MIX.find(([part]) => (ticket -= part) < 0) ?? MIX[0]!;
  return figures.count(async () => work(ground, await ground.nodes.next()));
}

async function logIn(
  { application, users, ledger }: LoadGround,
  agent: Agent,
  door: keyof typeof DOORS,
): Promise<void> {
  const { username } = users[randomInt(users.length)]!;
  const credentials = { username, password: PROOF_PASSWORD };
  const login = await DOORS[door](agent, application, credentials);
  const answer = login.read(await login.submit(agent));
  if (answer.kind !== 'admitted') throw new Error(answer.kind === 'other' ? answer.what : 'denied');
  const { sessionId: id } = answer;
  ledger.acknowledge(id);
  const refreshToken = await answer.refreshToken(agent);
  if (refreshToken !== undefined) ledger.hold({ id, refreshToken });
}

async function refresh(ground: LoadGround, agent: Agent): Promise<void> {
  await freshToken(ground, agent);
}

async function userInfo(ground: LoadGround, agent: Agent): Promise<void> {
  const token = await freshToken(ground, agent);
  if (token === undefined) return;
  const headers = { authorization: `Bearer ${token}` };
  const url = `${ground.application.issuer}/protocol/openid-connect/userinfo`;
  // Its session may have been evicted meanwhile.
  mustBeOneOf([200, 401], await httpRequest(agent, 'GET', url, { headers }));
}

/** An access token of some session; undefined when there is none yet, or it has been evicted: the ledger looks whether that is so. */
async function freshToken({ application, ledger }: LoadGround, agent: Agent): Promise<string | undefined> {
  const session = ledger.any();
  if (!session) return undefined;
  const form = { grant_type: 'refresh_token', refresh_token: session.refreshToken };
  const answer = await askForTokens(agent, application, form);
  mustBeOneOf([200, 400], answer);
  if (answer.status !== 200) {
    ledger.wasRefused(session, textOf(answer, 'error_description'));
    return undefined;
  }
  session.refreshToken = textOf(answer, 'refresh_token');
  return textOf(answer, 'access_token');
}

async function listSessions({ administrator, realm, users }: LoadGround, agent: Agent): Promise<void> {
  const { id } = users[randomInt(users.length)]!;
  await administrator.over(agent).sessionsOf(realm, id);
}

function mustBeOneOf(expected: readonly number[], { status, body }: HttpAnswer): void {
  if (!expected.includes(status)) throw new Error(`${status} ${body.slice(0, 160)}`);
}
