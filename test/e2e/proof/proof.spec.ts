import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildIfStale } from '../../../scripts/build.mjs';
import { exitCodeOf } from '../../../src/cli/exit-codes.js';
import { addProof } from '../../../src/cli/proof.command.js';
import { Administrator } from '../../../src/proof/administrator.js';
import { lookInto } from '../../../src/proof/database-look.js';
import { keepAlive } from '../../../src/proof/http-request.js';
import { hasRealms } from '../../../src/proof/occupied-database.js';
import { breakBuild, type BrokenBuild } from '../../support/broken-build.js';
import { sluice, spawnSluice } from '../../support/command-line.js';
import { freshPostgres, freshSqlite, type FreshDatabase } from '../../support/databases.js';
import { ServerProcess } from '../../support/server-process.js';

const SMALL = ['--rounds', '2', '--parallel', '12', '--caps', '2', '--default-hash-rounds', '0', '--json'];

interface Proved {
  readonly holds: boolean;
  readonly rounds: number;
  readonly logins: number;
  readonly violations: number;
  readonly nodes: number;
  readonly kills: number;
  readonly history: boolean;
  readonly rows: readonly { readonly most: number; readonly firstViolations: readonly string[] }[];
}

const prove = async (...args: readonly string[]): Promise<{ code: number | null; stderr: string; proved: Proved }> => {
  const result = await sluice(['proof', ...SMALL, ...args], { PROOF_ADMIN_PASSWORD: 'admin' });
  const proved = result.stdout === '' ? {} : result.json();
  return { code: result.code, stderr: result.stderr, proved: proved as Proved };
};

beforeAll(buildIfStale);

describe('sluice proof', () => {
  it('holds on a node of its own on SQLite, and looks into its database', async () => {
    const { code, stderr, proved } = await prove();
    expect(stderr).toBe('');
    expect(proved).toMatchObject({ holds: true, rounds: 8, logins: 96, violations: 0, nodes: 1, history: true });
    expect(proved.rows.map(({ most }) => most)).toEqual([2, 2, 2, 2]);
    expect(code).toBe(0);
  });

  it('holds on three nodes on PostgreSQL that are killed meanwhile', async () => {
    const database = await freshPostgres();
    try {
      const started = ['--start', '3', '--database-url', database.url, '--kill', '--rounds', '3'];
      const { code, stderr, proved } = await prove(...started);
      expect(stderr).toBe('');
      expect(proved).toMatchObject({ holds: true, rounds: 12, violations: 0, nodes: 3 });
      expect(proved.kills).toBeGreaterThan(0);
      expect(code).toBe(0);
    } finally {
      await database.drop();
    }
  });

  it('gives up when it is told to end, and leaves neither realms nor nodes behind', async () => {
    const database = await freshSqlite();
    const child = spawnSluice(
      ['proof', '--start', '1', '--database-url', database.url, '--rounds', '1000'],
      {},
      'apart',
    );
    try {
      const ended = once(child, 'exit');
      while (!(await realmsIn(database)).some((name) => name.startsWith('proof-'))) await sleep(100);
      const pid = child.pid!;
      const nodes = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ');
      expect(nodes).toHaveLength(1);
      // As a terminal that is closed: everybody in it is told.
      process.kill(-pid, 'SIGHUP');
      expect(await ended).toEqual([3, null]);
      expect(await realmsIn(database)).toEqual(['master']);
      expect(() => process.kill(Number(nodes[0]), 0)).toThrow('ESRCH');
    } finally {
      child.kill('SIGKILL');
      await database.drop();
    }
  });

  it.each([
    ['to kill nodes that are not its own', ['--url', 'http://127.0.0.1:9', '--kill']],
    ['several nodes on SQLite', ['--start', '2']],
    ['a door that is none', ['--doors', 'window']],
  ])('refuses %s', async (_, args) => {
    expect(await exitCode(...args)).toBe(2);
  });

  it('says so when nobody answers', async () => {
    expect(await exitCode('--url', 'http://127.0.0.1:9', '--admin-password', 'admin')).toBe(3);
  });
});

/** What the command would end with, in this process: for what ends before any work. */
async function exitCode(...args: readonly string[]): Promise<number> {
  const program = new Command();
  addProof(program);
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  return program.parseAsync(['proof', ...args], { from: 'user' }).then(() => 0, exitCodeOf);
}

/** Names of the realms that a database has; none before a server has made the table. */
async function realmsIn({ url }: FreshDatabase): Promise<readonly string[]> {
  if (!(await hasRealms(url))) return [];
  const look = await lookInto(url);
  try {
    return (await look.rows('SELECT name FROM realm ORDER BY name')).map(({ name }) => String(name));
  } finally {
    await look.close();
  }
}

/** Only the step in the flow looks at the cap: a limiter that counts and then creates. */
describe('sluice proof against a server that counts and then creates', () => {
  let broken: BrokenBuild;
  let database: FreshDatabase;
  let server: ServerProcess;

  beforeAll(async () => {
    broken = await breakBuild(
      'sessions/admit-session.js',
      '...admission } = decide(',
      "...admission } = ((...undecided) => ({ kind: 'admit' }))(",
    );
    database = await freshSqlite();
    const settings = {
      SLUICE_DATABASE_URL: database.url,
      SLUICE_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    };
    server = await ServerProcess.start({ settings, program: broken.program });
  });

  afterAll(async () => {
    await server.stop();
    await database.drop();
    await broken.remove();
  });

  it('finds it from outside, over two addresses, and leaves nothing behind', async () => {
    const other = server.url.replace('127.0.0.1', 'localhost');
    const { code, stderr, proved } = await prove('--url', server.url, other);
    expect(proved).toMatchObject({ holds: false, nodes: 2, history: false });
    expect(Math.max(...proved.rows.map(({ most }) => most))).toBeGreaterThan(2);
    expect(stderr).toMatch(/lists \d+ sessions instead of 2/);
    expect(code).toBe(1);
    const agent = keepAlive(1);
    const { body } = await new Administrator(agent, server.url, server.admin).read('/admin/realms');
    agent.destroy();
    expect((JSON.parse(body) as readonly { realm: string }[]).map(({ realm }) => realm)).toEqual(['master']);
  });

  it('finds it in the history of the database', async () => {
    const { code, stderr, proved } = await prove(
      '--url',
      server.url,
      '--database-url',
      database.url,
      '--doors',
      'direct',
    );
    expect(proved).toMatchObject({ holds: false, history: true });
    expect(stderr).toMatch(/sessions were open at once under a cap of 2/);
    expect(code).toBe(1);
  });

  it('starts no node of its own on a database that has realms', async () => {
    expect(await exitCode('--start', '1', '--database-url', database.url)).toBe(2);
  });
});
