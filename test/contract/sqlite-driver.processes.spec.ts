import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tempDatabase, type TempDatabase } from '../support/temp-database.js';
import { Counter, fixtureDataSource, openFixture } from './sqlite-driver.fixture.js';

const root = join(import.meta.dirname, '../..');

async function runNode(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const loader = join(root, 'test/support/register-typescript.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', loader, ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
  return stdout;
}

describe('the SQLite driver in several processes', () => {
  let database: TempDatabase;

  beforeEach(async () => {
    database = await tempDatabase();
  });

  afterEach(() => database.remove());

  it('loses none of 1000 increments of each of two processes', async () => {
    const dataSource = await openFixture({ database: database.path });
    await dataSource.manager.insert(Counter, { id: 'shared', value: 0 });
    const script = join(root, 'test/contract/sqlite-driver.increment.ts');

    await Promise.all([runNode([script, database.path, '1000']), runNode([script, database.path, '1000'])]);

    expect((await dataSource.manager.findOneByOrFail(Counter, { id: 'shared' })).value).toBe(2000);
    await dataSource.destroy();
  });

  it("serves TypeORM's command line: run, show and revert migrations", async () => {
    const typeorm = (command: string): Promise<string> =>
      runNode(['node_modules/typeorm/cli.js', command, '-d', join(root, 'test/contract/sqlite-driver.ormconfig.ts')], {
        SQLITE_DRIVER_TEST_DATABASE: database.path,
      });
    const tables = async (): Promise<string[]> => {
      const dataSource = await fixtureDataSource({ database: database.path }).initialize();
      const rows = await dataSource.query<{ name: string }[]>(
        `SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('counter', 'specimen') ORDER BY name`,
      );
      await dataSource.destroy();
      return rows.map((row) => row.name);
    };

    expect(await typeorm('migration:run')).toContain('CreateTables1700000000000 has been executed successfully');
    expect(await tables()).toEqual(['counter', 'specimen']);
    expect(await typeorm('migration:show')).toContain('[X] 1 CreateTables1700000000000');
    await typeorm('migration:revert');
    expect(await tables()).toEqual([]);
  });
});
