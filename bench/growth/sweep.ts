import { setTimeout as pause } from 'node:timers/promises';
import { keepAlive } from '../../src/proof/http-request.js';
import { quantile } from '../../src/proof/figures.js';
import type { ServerProcess } from '../../test/support/server-process.js';
import { CHEAP_LOGIN } from '../workloads.js';
import { administrator, type ListGround } from './lists.js';

const LOOK_EVERY_MS = 500;
const GIVE_UP_MS = 120_000;

/** How the sweeper did. */
export interface Swept {
  /** From the server's readiness until nothing was left that is over. */
  readonly seconds: number;
  /** Of password logins meanwhile. */
  readonly loginP50Ms: number;
  readonly loginP99Ms: number;
  readonly logins: number;
}

/**
 * Waits until the sweeper has ended what is over, while people log in.
 * @param ended how many sessions of the realm will have ended then
 * @throws Error when it takes longer than two minutes
 */
export async function watchSweep(
  server: ServerProcess,
  ground: ListGround,
  realm: string,
  ended: number,
): Promise<Swept> {
  const agent = keepAlive(2);
  const began = performance.now();
  const elapsed = (): number => performance.now() - began;
  const latencies: number[] = [];
  const over = new AbortController();
  const people = (async () => {
    const login = await CHEAP_LOGIN.prepare({ agent, server: server.url }, 0);
    while (!over.signal.aborted) {
      const before = performance.now();
      await login();
      latencies.push(performance.now() - before);
    }
  })();
  try {
    const reader = administrator(agent, server.url, ground);
    const path = `/admin/realms/${realm}/sessions/ended?first=${ended - 1}&max=1`;
    while ((await reader.read(path)).body === '[]') {
      if (elapsed() > GIVE_UP_MS) throw new Error('The sessions that are over were not ended in two minutes');
      await pause(LOOK_EVERY_MS);
    }
    return {
      seconds: elapsed() / 1000,
      loginP50Ms: quantile(latencies, 0.5),
      loginP99Ms: quantile(latencies, 0.99),
      logins: latencies.length,
    };
  } finally {
    over.abort();
    await people;
    agent.destroy();
  }
}
