// A built server as a child process: started with the right thread pool, waited for, stopped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '..');
const READY_WITHIN_MS = 60_000;
const POLL_MS = 50;
/** Threads for SQLite and files beside those that compute password hashes (at most one per processor). */
const SPARE_THREADS = 4;

/** libuv's pool is sized when it is first used, so its size has to be in the environment of a new process. */
const threadPoolSize = () =>
  String(Math.max(Number(process.env['UV_THREADPOOL_SIZE'] ?? 0) || 0, availableParallelism() + SPARE_THREADS));

/**
 * Starts dist/src/main.js from the project's folder.
 * @param {Record<string, string>} settings variables on top of this process's own
 * @param {import('node:child_process').StdioOptions} stdio
 */
export function startServer(settings = {}, stdio = 'inherit') {
  return spawn(process.execPath, ['--enable-source-maps', join(ROOT, 'dist', 'src', 'main.js')], {
    cwd: ROOT,
    stdio,
    env: { ...process.env, UV_THREADPOOL_SIZE: threadPoolSize(), ...settings },
  });
}

/** Passes SIGINT and SIGTERM on and ends this process as the server ends. */
export function standInFor(server) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
  server.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : signal === 'SIGTERM' ? 143 : 1));
}

/**
 * Waits until the server answers `/health/ready`.
 * @throws Error when it ends before, or is not ready within a minute
 */
export async function untilReady(server, base) {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (server.exitCode !== null || server.signalCode !== null)
      throw new Error('The server ended before it was ready.');
    const answer = await fetch(`${base}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(POLL_MS);
  }
  throw new Error(`The server was not ready within ${String(READY_WITHIN_MS / 1000)} s.`);
}

/** Asks the server to stop and waits until it has. */
export async function stopServer(server) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill('SIGTERM');
  await gone;
}

/** A loopback port that was free a moment ago. */
export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
