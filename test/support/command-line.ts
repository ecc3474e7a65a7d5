import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const ROOT = join(import.meta.dirname, '..', '..');
const PROGRAM = join(ROOT, 'dist', 'src', 'cli', 'sluice.js');

/** What a command left behind. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output of a command with `--json`. */
  json(): unknown;
}

/**
 * Starts the built command line `sluice` (`buildIfStale` first) as a process of its own.
 * @param settings of the server, as environment variables
 * @param place `apart`: in a process group of its own, so that a signal can be sent to all of it
 */
export function spawnSluice(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  place: 'here' | 'apart' = 'here',
): ChildProcessByStdio<null, Readable, Readable> {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('SLUICE_'));
  return spawn(process.execPath, [PROGRAM, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(environment), ...settings },
    detached: place === 'apart',
  });
}

/** Runs the built command line to its end, see `spawnSluice`. */
export function sluice(args: readonly string[], settings: Readonly<Record<string, string>>): Promise<CommandResult> {
  const child = spawnSluice(args, settings);
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const stdout = Buffer.concat(out).toString();
      const stderr = Buffer.concat(err).toString();
      resolve({ code, stdout, stderr, json: () => JSON.parse(stdout) as unknown });
    });
  });
}
