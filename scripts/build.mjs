// Builds the server when dist/ is missing or older than what it is made from.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const PROGRAM = join(ROOT, 'dist', 'src', 'main.js');
const MADE_FROM = ['src', 'ormconfig.ts', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'package-lock.json'];

/** The newest change below a path, in epoch milliseconds. A folder counts too: its own time tells of files that are gone. */
function lastChange(path) {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, lastChange(join(path, name))), status.mtimeMs);
}

function isStale() {
  if (!existsSync(PROGRAM)) return true;
  const built = statSync(PROGRAM).mtimeMs;
  return MADE_FROM.map((path) => join(ROOT, path)).some((path) => existsSync(path) && lastChange(path) > built);
}

/**
 * Makes sure that dist/ is there and current; prints only when it builds.
 * @throws Error when the build fails; the compiler has said why
 */
export function buildIfStale() {
  if (!isStale()) return;
  process.stderr.write('Building ...\n');
  const { status } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js'), 'build'],
    {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  if (status === 0) return;
  // The compiler writes files in spite of errors; without this one the next start builds again.
  rmSync(PROGRAM, { force: true });
  throw new Error('The server was not built.');
}
