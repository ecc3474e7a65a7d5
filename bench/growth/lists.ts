import type { Agent } from 'node:http';
import { Administrator } from '../../src/proof/administrator.js';
import { CHEAP_HASH } from '../bench-realm.js';
import type { BenchGround, Workload } from '../workload.js';
import { generatedUser } from './fill.js';

const BASE = `/admin/realms/${CHEAP_HASH.name}`;

/** A server whose lists are read. */
export interface ListGround {
  readonly admin: { readonly name: string; readonly password: string };
  /** Internal id of the client that takes part in every session. */
  readonly clientId: string;
  /** How many users were made. */
  readonly users: number;
}

/** Whoever administers the realm, with connections of their own. */
export const administrator = (agent: Agent, server: string, { admin }: Pick<ListGround, 'admin'>): Administrator =>
  new Administrator(agent, server, admin);

/** Internal id of a client of the realm. */
export async function clientIdOf(reader: Administrator, clientId: string): Promise<string> {
  const { body } = await reader.read(`${BASE}/clients?clientId=${clientId}`);
  const id = (JSON.parse(body) as readonly { id: string }[])[0]?.id;
  if (id === undefined) throw new Error(`There is no client ${clientId}`);
  return id;
}

/** What administrators look at. */
export function listWorkloads(ground: ListGround): readonly Workload[] {
  const of = `${BASE}/clients/${ground.clientId}`;
  const user = (turn: number): string => generatedUser(1 + ((turn * 7919) % ground.users));
  return [
    reading('page of 20 of a client', ground, () => `${of}/user-sessions?first=0&max=20`, 20),
    reading('page of 20 of a client, 5,000 in', ground, () => `${of}/user-sessions?first=5000&max=20`, 20),
    reading('newest 20 of the realm', ground, () => `${BASE}/sessions?max=20`, 20),
    reading('sessions of one user', ground, (turn) => `${BASE}/users/${user(turn)}/sessions`, 10),
    reading('search by user', ground, (turn) => `${BASE}/sessions?user=${user(turn)}&max=20`, 10),
    reading('count of a client', ground, () => `${of}/session-count`),
    reading('statistics of all clients', ground, () => `${BASE}/client-session-stats`),
  ];
}

/** @param rows how many the answer has to have; a list that came back empty would be fast for nothing */
const reading = (name: string, ground: ListGround, path: (turn: number) => string, rows?: number): Workload => ({
  name,
  prepare: ({ agent, server }: BenchGround, connection: number) => {
    const reader = administrator(agent, server, ground);
    let turn = connection;
    return Promise.resolve(async () => {
      const { body } = await reader.read(path(turn));
      turn += 4;
      if (rows === undefined) return;
      const got = (JSON.parse(body) as readonly unknown[]).length;
      if (got !== rows) throw new Error(`${name}: ${got} rows instead of ${rows}`);
    });
  },
});
