import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { projectFile } from '../infrastructure/project-files.js';

/** Threads for SQLite and files beside those that compute password hashes (at most one per processor). */
const SPARE_THREADS = 4;

export const addStart = (program: Command): void =>
  void program
    .command('start')
    .description('Start the server. Its settings are environment variables (docs/settings.md).')
    .action(start);

/** libuv sizes its thread pool when it is first used, so its size has to be in the environment of a new process. */
function start(): Promise<void> {
  const threads = Math.max(Number(process.env['UV_THREADPOOL_SIZE'] ?? 0) || 0, availableParallelism() + SPARE_THREADS);
  const server = spawn(process.execPath, ['--enable-source-maps', projectFile('dist/src/main.js')], {
    stdio: 'inherit',
    env: { ...process.env, UV_THREADPOOL_SIZE: String(threads) },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code, signal) => {
      process.exitCode = signal === null ? (code ?? 1) : signal === 'SIGTERM' ? 143 : 1;
      resolve();
    });
  });
}
