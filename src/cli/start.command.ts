import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import { projectFile } from '../infrastructure/project-files.js';
import { NODE_OPTIONS, nodeEnvironment } from '../shared/node-process.js';

export const addStart = (program: Command): void =>
  void program
    .command('start')
    .description('Start the server. Its settings are environment variables (docs/settings.md).')
    .action(start);

function start(): Promise<void> {
  const server = spawn(process.execPath, [...NODE_OPTIONS, projectFile('dist/src/main.js')], {
    stdio: 'inherit',
    env: { ...process.env, ...nodeEnvironment(process.env) },
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
