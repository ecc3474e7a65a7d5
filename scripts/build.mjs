// Builds the server and the consoles into dist/, each when it is missing or older than what it is made from.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Something that is built: what tells that it is there and how old it is, what it is made from, and how. */
const SERVER = {
  name: 'the server',
  product: 'dist/src/main.js',
  madeFrom: ['src', 'ormconfig.ts', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'package-lock.json'],
  build: buildServer,
};
const CONSOLES = {
  name: 'the consoles',
  product: 'dist/consoles/manifest.json',
  madeFrom: ['consoles', 'consoles.config.ts', 'package-lock.json'],
  build: buildConsoles,
};

/** The newest change below a path, in epoch milliseconds. A folder counts too: its own time tells of files that are gone. */
function lastChange(path) {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, lastChange(join(path, name))), status.mtimeMs);
}

function isStale({ product, madeFrom }) {
  if (!existsSync(join(ROOT, product))) return true;
  const built = statSync(join(ROOT, product)).mtimeMs;
  return madeFrom.map((path) => join(ROOT, path)).some((path) => existsSync(path) && lastChange(path) > built);
}

/** Runs a tool of node_modules; its words are not what the program is about, so they go where errors go. */
function run(tool, ...args) {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'node_modules', tool), ...args], {
    cwd: ROOT,
    // Also where tests build: React has another, larger program for them.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 2, 2],
  });
  return status === 0;
}

function buildServer() {
  rmSync(join(ROOT, 'dist', 'src'), { recursive: true, force: true });
  if (run('@nestjs/cli/bin/nest.js', 'build')) return true;
  // The compiler writes files in spite of errors; without this one the next start builds again.
  rmSync(join(ROOT, SERVER.product), { force: true });
  return false;
}

/** Beside its place first, so that a server that runs meanwhile finds the old files or the new ones. */
function buildConsoles() {
  const place = join(ROOT, 'dist', 'consoles');
  const fresh = `${place}.${String(process.pid)}`;
  const ok = run(
    'vite/bin/vite.js',
    'build',
    '--config',
    'consoles.config.ts',
    '--outDir',
    fresh,
    '--logLevel',
    'warn',
  );
  if (ok) {
    rmSync(place, { recursive: true, force: true });
    renameSync(fresh, place);
  }
  rmSync(fresh, { recursive: true, force: true });
  return ok;
}

function make(part) {
  process.stderr.write(`Building ${part.name} ...\n`);
  if (!part.build()) throw new Error(`Building ${part.name} failed.`);
}

const LOCK = join(ROOT, 'dist', 'building.lock');
const LOOK_AGAIN_MS = 200;

/** Only one process builds at a time: a second would take away what the first has just made. */
function exclusively(work) {
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  while (!takeLock()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_AGAIN_MS);
  try {
    work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

/** The lock names its process; one that is gone has left it behind. */
function takeLock() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isGone(existsSync(LOCK) && readFileSync(LOCK, 'utf8'))) rmSync(LOCK, { force: true });
    return false;
  }
}

function isGone(holder) {
  // Empty: it is being written.
  if (!holder) return false;
  try {
    process.kill(Number(holder), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** What is stale is looked at again when it is this process's turn: another may have built it meanwhile. */
function makeIfStale(...parts) {
  if (!parts.some(isStale)) return;
  exclusively(() => {
    for (const part of parts) if (isStale(part)) make(part);
  });
}

/**
 * Makes sure that dist/ is there and current; prints only when it builds.
 * @throws Error when the build fails; the compiler has said why
 */
export function buildIfStale() {
  makeIfStale(SERVER, CONSOLES);
}

/** As `buildIfStale`, for the consoles only: tests run the server from its sources. @throws Error when the build fails */
export function buildConsolesIfStale() {
  makeIfStale(CONSOLES);
}

/** Builds everything anew. @throws Error when the build fails */
export function buildAll() {
  exclusively(() => {
    for (const part of [SERVER, CONSOLES]) make(part);
  });
}
