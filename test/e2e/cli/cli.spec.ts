import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildIfStale } from '../../../scripts/build.mjs';
import { sluice, type CommandResult } from '../../support/command-line.js';
import { freshPostgres, freshSqlite, type FreshDatabase } from '../../support/databases.js';
import { ServerProcess } from '../../support/server-process.js';

const ACME = 'test/fixtures/acme-realm.json';
const LONG = 600_000;

interface Exported {
  readonly realm: string;
  readonly users?: readonly { readonly username: string }[];
}

describe.each(['SQLite', 'PostgreSQL'] as const)('sluice on %s', (kind) => {
  let folder: string;
  const databases: FreshDatabase[] = [];
  let settings: Readonly<Record<string, string>>;
  const place = (name: string): string => join(folder, name);
  const run = (...args: string[]): Promise<CommandResult> => sluice(args, settings);

  /** An empty database of the kind, as settings; one PostgreSQL each. */
  async function freshSettings(): Promise<Record<string, string>> {
    const database = kind === 'SQLite' ? await freshSqlite() : await freshPostgres();
    databases.push(database);
    return { SLUICE_DATABASE_URL: database.url, SLUICE_ENCRYPTION_KEY: randomBytes(32).toString('base64') };
  }

  beforeAll(async () => {
    buildIfStale();
    folder = await mkdtemp(join(tmpdir(), 'sluice-cli-'));
    settings = await freshSettings();
  }, LONG);

  afterAll(async () => {
    for (const database of databases) await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'says what an import would do without doing it, then does it, then leaves it alone',
    { timeout: LONG },
    async () => {
      expect((await run('import', ACME, '--dry-run')).code).toBe(3); // nobody has made the tables
      const server = await ServerProcess.start({ settings });
      await server.stop();
      const planned = await run('import', ACME, '--dry-run', '--json');
      expect(planned.json()).toMatchObject({ realms: [{ kind: 'planned', realm: 'acme', clients: 10, users: 8 }] });
      const made = await run('import', ACME, '--json');
      expect(made.json()).toMatchObject({ realms: [{ kind: 'imported', realm: 'acme', users: 8 }] });
      expect(made.stderr).toContain('trusted-hosts');
      expect((await run('import', ACME)).stdout).toBe('acme: exists and was left alone\n');
    },
  );

  it(
    'exports into files only their owner can read, and what is imported of them is the same',
    { timeout: LONG },
    async () => {
      const dir = place('out');
      const first = await run('export', '--dir', dir, '--realm', 'acme', '--users-per-file', '3');
      expect(first.code).toBe(0);
      const names = (await readdir(dir)).toSorted();
      expect(names).toEqual(['acme-realm.json', 'acme-users-0.json', 'acme-users-1.json', 'acme-users-2.json']);
      for (const name of names) expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600);

      const other = await freshSettings();
      expect((await sluice(['import', dir], other)).code).toBe(0);
      const yaml = place('acme.yaml');
      const again = ['export', '--realm', 'acme', '--users', 'realm_file', '--file'];
      expect((await sluice([...again, yaml], other)).code).toBe(0);
      expect((await run(...again, place('acme.json'))).code).toBe(0);
      const [before, after] = await Promise.all([readFile(place('acme.json'), 'utf8'), readFile(yaml, 'utf8')]);
      expect(parse(after)).toEqual(JSON.parse(before));
      expect((JSON.parse(before) as Exported).users?.map(({ username }) => username)).toContain(
        'service-account-shop-api',
      );

      const third = await freshSettings();
      expect((await sluice(['import', yaml], third)).stdout).toContain(
        'acme: was made, with 10 clients, 8 users, 36 flows',
      );
    },
  );

  it('refuses a flawed file with a place, and changes nothing', { timeout: LONG }, async () => {
    await writeFile(
      place('flawed.yaml'),
      'realm: flawed\nclients:\n  - clientId: a\n    defaultClientScopes: [nope]\n',
    );
    const refused = await run('import', place('flawed.yaml'), '--json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stderr)).toMatchObject({
      code: 'unknown_reference',
      field: 'clients[0].defaultClientScopes[0]',
    });
    await writeFile(place('broken.yaml'), 'realm: [\n');
    expect((await run('import', place('broken.yaml'))).stderr).toMatch(/^broken.yaml: line 2 column 1: .*YAML/);
    expect((await run('export', '--realm', 'flawed', '--file', place('no.json'))).stderr).toBe(
      'There is no realm "flawed"\n',
    );
  });

  it('says of each door whether the cap holds', { timeout: LONG }, async () => {
    const proof = await run('limits', 'proof', '--realm', 'acme', '--json');
    const { holds, doors } = proof.json() as { holds: boolean; doors: readonly { verdict: string; door: string }[] };
    expect(doors.map(({ door }) => door)).toEqual(expect.arrayContaining(['browser', 'direct_grant']));
    expect(holds).toBe(doors.every(({ verdict }) => verdict === 'capped'));
    expect(proof.code).toBe(holds ? 0 : 1);
    const master = await run('limits', 'proof', '--realm', 'master');
    expect(master.code).toBe(1);
    expect(master.stdout).toContain('uncapped');
  });

  it('takes a flow out and puts it in again, checked', { timeout: LONG }, async () => {
    const file = place('flow.json');
    expect((await run('flow', 'export', 'browser', '--realm', 'acme', '--file', file)).code).toBe(0);
    expect((await run('flow', 'import', file, '--realm', 'acme')).code).toBe(1); // the alias is taken
    const flow = JSON.parse(await readFile(file, 'utf8')) as { alias: string; executions: unknown[] };
    const alias = 'Only a password';
    const executions = [{ authenticator: 'auth-username-password-form', requirement: 'REQUIRED', priority: 10 }];
    const { bindsTo: _bound, ...unbound } = { bindsTo: '', ...flow, alias, executions };
    await writeFile(file, JSON.stringify(unbound));
    const added = await run('flow', 'import', file, '--realm', 'acme', '--json');
    expect(added.json()).toMatchObject({ imported: true, sound: true, proof: 'green' });
    const { id } = added.json() as { id: string };
    expect((await run('flow', 'import', file, '--realm', 'acme', '--replace', '--json')).json()).toMatchObject({ id });
    const back = await run('flow', 'export', alias, '--realm', 'acme');
    expect(JSON.parse(back.stdout)).toMatchObject({ alias, executions });

    await writeFile(file, JSON.stringify({ ...unbound, alias: 'Closed', executions: [] }));
    const red = await run('flow', 'import', file, '--realm', 'acme', '--json');
    expect([red.code, red.json()]).toMatchObject([1, { imported: false }]);
    await writeFile(file, JSON.stringify({ ...unbound, executions: [{ ...executions[0], authenticator: 'nope' }] }));
    const wrong = await run('flow', 'verify', file);
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toContain('error $.executions[0].authenticator');
  });

  it('rotates a key once', { timeout: LONG }, async () => {
    expect((await run('keys', 'rotate', '--realm', 'acme', '--json')).json()).toMatchObject({
      kind: 'rotated',
      algorithm: 'RS256',
    });
    expect((await run('keys', 'rotate', '--realm', 'acme')).code).toBe(1);
  });

  it('gets an administrator back in who was locked out by a flow', { timeout: LONG }, async () => {
    const closed = place('closed.json');
    const deny = { authenticator: 'deny-access-authenticator', requirement: 'REQUIRED', priority: 5 };
    const exported = await run('flow', 'export', 'direct grant', '--realm', 'master');
    await writeFile(closed, JSON.stringify({ ...JSON.parse(exported.stdout), executions: [deny] }));
    expect((await run('flow', 'import', closed, '--realm', 'master', '--replace', '--even-red')).code).toBe(0);

    const recovered = await run('admin', 'recover', '--json');
    const { admin, flows } = recovered.json() as {
      admin: { username: string; password: string };
      flows: { bindings: Record<string, string> };
    };
    expect(flows.bindings['directGrantFlow']).toBe('direct grant (recovered)');
    const server = await ServerProcess.start({ settings });
    try {
      const form = new URLSearchParams({ ...admin, grant_type: 'password', client_id: 'admin-cli' });
      const token = await fetch(`${server.url}/realms/master/protocol/openid-connect/token`, {
        method: 'POST',
        body: form,
      });
      expect(token.status).toBe(200);
      const { access_token: access } = (await token.json()) as { access_token: string };
      const realms = await fetch(`${server.url}/admin/realms/acme`, { headers: { authorization: `Bearer ${access}` } });
      expect(realms.status).toBe(200);

      const beside = await run('export', '--realm', 'master', '--file', place('master.json'));
      expect(beside.code).toBe(0);
      if (kind === 'SQLite') {
        const locked = await run('import', ACME);
        expect(locked.code).toBe(3);
        expect(locked.stderr).toContain('is in use by another server process');
      }
    } finally {
      await server.stop();
    }
    expect((await run('flow', 'unbind', '--realm', 'acme', '--json')).json()).toMatchObject({
      bindings: {
        browserFlow: expect.stringMatching(/^browser/) as unknown,
        directGrantFlow: expect.stringMatching(/^direct grant/) as unknown,
      },
    });
  });

  it('tells a wrong command line from everything else', { timeout: LONG }, async () => {
    for (const args of [['nope'], ['export'], ['flow', 'unbind'], ['export', '--dir', 'x', '--users', 'nowhere']])
      expect((await run(...args)).code).toBe(2);
    expect((await sluice(['import', ACME], { SLUICE_DATABASE_URL: 'mysql://x' })).code).toBe(2);
    expect((await run('--help')).code).toBe(0);
    expect((await run('reseal')).stderr).toContain('SLUICE_ENCRYPTION_KEY_PREVIOUS');
  });
});
