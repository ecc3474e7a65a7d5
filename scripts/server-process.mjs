// A built server as a child process: started, waited for, stopped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '..');
const BUILT = join(ROOT, 'dist', 'src');
const READY_WITHIN_MS = 60_000;
const POLL_MS = 50;

/**
 * Starts dist/src/main.js from the project's folder.
 * @param {Record<string, string>} settings variables on top of this process's own
 * @param {import('node:child_process').StdioOptions} stdio
 */
export async function startServer(settings = {}, stdio = 'inherit') {
  const { NODE_OPTIONS, nodeEnvironment } = await import(pathToFileURL(join(BUILT, 'shared', 'node-process.js')).href);
  return spawn(process.execPath, [...NODE_OPTIONS, join(BUILT, 'main.js')], {
    cwd: ROOT,
    stdio,
    env: { ...process.env, ...nodeEnvironment(process.env), ...settings },
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

/** Whether something listens there: what answers would be taken for the server that is being started. */
export async function isTaken(host, port) {
  const probe = connect(port, host);
  try {
    await once(probe, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    probe.destroy();
  }
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
