import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../../src/persistence/data-source-options.js';
import { migrate } from '../../src/persistence/migrate.js';
import { localBounds, type PostgresTuning } from '../../src/persistence/postgres-options.js';
import { createStores, type Stores } from '../../src/persistence/stores.js';
import { certify } from '../support/certificates.js';
import { PostgresServer } from '../support/postgres-server.js';
import { Gate } from './gate.js';
import { freshId } from './samples.js';

const TUNING = {
  poolSize: 2,
  connectTimeoutMs: 400,
  idleTimeoutMs: 1000,
  statementTimeoutMs: 500,
  lockTimeoutMs: 200,
} satisfies PostgresTuning;
const AUTHORITY = certify({ commonName: 'database authority' });
const CERTIFICATE = certify({ commonName: 'localhost', issuer: AUTHORITY });

interface Connected extends Stores {
  readonly dataSource: DataSource;
}

let server: PostgresServer;
let url: string;
let open: DataSource[] = [];

beforeAll(async () => {
  server = await PostgresServer.start('fast', CERTIFICATE);
  url = await server.createDatabase('connections');
  const { dataSource } = await connect({});
  await migrate(dataSource);
  // Something that can be cut off while it commits: the trigger runs at the very end of the transaction.
  await dataSource.query(`CREATE TABLE cut_off (id integer);
    CREATE FUNCTION cut_off() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER cut_off AFTER INSERT ON cut_off DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION cut_off()`);
});

afterAll(async () => {
  await Promise.all(open.map((dataSource) => dataSource.destroy()));
  open = [];
  await server.stop();
});

async function connect(tuning: PostgresTuning, address = url): Promise<Connected> {
  const dataSource = createDataSource(address, tuning);
  await dataSource.initialize();
  open.push(dataSource);
  return { ...createStores(dataSource, () => undefined, localBounds(tuning)), dataSource };
}

/** Runs a statement in the transaction of the running unit of work: the store is only a way there. */
const inTransaction = async ({ dataSource }: Connected, sql: string): Promise<void> => {
  const runner = (dataSource.driver as unknown as { connectedQueryRunners: { query(sql: string): Promise<unknown> }[] })
    .connectedQueryRunners[0];
  await runner?.query(sql);
};

/** Cuts off every connection of the database but the caller's. */
const CUT_OFF_OTHERS = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'sluice'`;

describe.each([
  ['directly', {}],
  ['as behind a pooler, where nothing is set for the connection', { pooled: true }],
])('PostgreSQL, spoken to %s', (_how, how) => {
  it('bounds how long a transaction waits for a locked row', async () => {
    const { unitOfWork, sessions } = await connect({ ...TUNING, ...how });
    const user = freshId('user');
    const locked = new Gate();
    const waited = new Gate();
    const first = unitOfWork.run(async () => {
      await sessions.lockOwner('realm', user);
      locked.open();
      await waited.opened;
    });
    await locked.opened;
    const second = unitOfWork.run(() => sessions.lockOwner('realm', user));
    await expect(second).rejects.toMatchObject({ code: 'database_busy' });
    waited.open();
    await first;
  });

  it('ends a transaction that does not go on, lets others have its rows, and does it again afterwards', async () => {
    const { unitOfWork, sessions } = await connect({ ...TUNING, ...how });
    const user = freshId('user');
    const locked = new Gate();
    const versions: number[] = [];
    const frozen = unitOfWork.run(async () => {
      versions.push(await sessions.lockOwner('realm', user));
      locked.open();
      if (versions.length === 1) await sleep(1500);
      await sessions.lockOwner('realm', user);
    });
    await locked.opened;
    await sleep(900);
    await unitOfWork.run(() => sessions.lockOwner('realm', user));
    await frozen;
    expect(versions).toEqual([1, 2]);
  });
});

describe('PostgreSQL', () => {
  it('bounds statements', async () => {
    const connected = await connect(TUNING);
    const slow = connected.unitOfWork.run(() => inTransaction(connected, 'SELECT pg_sleep(5)'));
    await expect(slow).rejects.toMatchObject({ code: 'database_busy' });
  });

  it('lets requests queue for a connection longer than a new one may take, and not for ever', async () => {
    const { unitOfWork, realms } = await connect({ ...TUNING, poolTimeoutMs: 2000, statementTimeoutMs: 20_000 });
    const over = new Gate();
    const running = [new Gate(), new Gate()];
    const held = running.map((gate) => unitOfWork.run(() => (gate.open(), over.opened)));
    await Promise.all(running.map(({ opened }) => opened));
    await expect(realms.byId(freshId('realm'))).rejects.toMatchObject({ code: 'database_busy' });
    const queued = realms.byId(freshId('realm'));
    await sleep(2 * TUNING.connectTimeoutMs);
    over.open();
    expect(await queued).toBeUndefined();
    await Promise.all(held);
  });

  it('does not wait for a server that takes a connection and says nothing', async () => {
    const silent = createServer((socket) => void socket.resume()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const began = performance.now();
    const connecting = connect({ ...TUNING, poolTimeoutMs: 30_000 }, `postgres://nobody@127.0.0.1:${port}/none`);
    await expect(connecting).rejects.toThrow('connection timeout');
    expect(performance.now() - began).toBeLessThan(10_000);
    silent.close();
  });

  it('does work again whose connection broke before its commit', async () => {
    const { unitOfWork, sessions } = await connect(TUNING);
    const other = await connect({ poolSize: 1 });
    const user = freshId('user');
    let tries = 0;
    const version = await unitOfWork.run(async () => {
      const locked = await sessions.lockOwner('realm', user);
      if (++tries === 1) await other.dataSource.query(CUT_OFF_OTHERS);
      await sessions.lockOwner('realm', user);
      return locked;
    });
    expect([tries, version]).toEqual([2, 1]); // of the first try nothing stayed
  });

  it('does work again that was refused because of another one', async () => {
    const connected = await connect(TUNING);
    let tries = 0;
    await connected.unitOfWork.run(async () => {
      if (++tries < 3)
        await inTransaction(connected, `DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$`);
    });
    expect(tries).toBe(3);
  });

  it('does not do work again whose commit may have counted, and says so', async () => {
    const connected = await connect(TUNING);
    let tries = 0;
    const work = connected.unitOfWork.run(async () => {
      tries++;
      await inTransaction(connected, 'INSERT INTO cut_off VALUES (1)');
    });
    await expect(work).rejects.toMatchObject({ code: 'commit_unknown' });
    expect(tries).toBe(1);
  });

  it('notices a database that has fallen silent, and takes another connection', async () => {
    const connected = await connect(TUNING);
    const [{ pid } = { pid: 0 }] = await connected.dataSource.query<{ pid: number }[]>(
      'SELECT pg_backend_pid() AS pid',
    );
    process.kill(pid, 'SIGSTOP');
    try {
      await expect(connected.realms.byId('realm')).rejects.toMatchObject({ code: 'database_unavailable' });
      expect(await connected.health.isAvailable()).toBe(true);
      expect(await connected.realms.byId('realm')).toBeUndefined();
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });

  it('keeps what it is often asked planned, but nothing behind a pooler', async () => {
    const preparedBy = async (tuning: PostgresTuning): Promise<readonly string[]> => {
      const { sessions, dataSource } = await connect({ ...tuning, poolSize: 1 });
      for (let time = 0; time < 6; time++) await sessions.byId('realm', 'session', false);
      const rows = await dataSource.query<{ statement: string }[]>('SELECT statement FROM pg_prepared_statements');
      return rows.map(({ statement }) => statement);
    };
    expect(await preparedBy({})).toEqual([expect.stringContaining('FROM user_session')]);
    expect(await preparedBy({ pooled: true })).toEqual([]);
  });

  it('goes on with what it has planned when a newer server adds columns to the tables', async () => {
    const tables = ['user_session', 'client_session', 'user_account', 'revoked_token', 'role', 'realm', 'client'];
    const address = await server.createDatabase('altered');
    const { sessions, accessTokenRecords, loginRecords, roles, realms, dataSource } = await connect(
      { poolSize: 1 },
      address,
    );
    await migrate(dataSource);
    const ask = async (): Promise<void> => {
      await sessions.byId('realm', 'session', false);
      await accessTokenRecords.of('realm', { jti: 'token', sid: 'session', clientId: 'client' });
      await loginRecords.of({ realmId: 'realm', clientId: 'client', userId: 'user' });
      await roles.byId('realm', 'role');
      await realms.byId('realm');
    };
    for (let time = 0; time < 6; time++) await ask();
    const prepared = await dataSource.query<object[]>('SELECT statement FROM pg_prepared_statements');
    expect(prepared.length).toBeGreaterThanOrEqual(4);
    for (const table of tables) await dataSource.query(`ALTER TABLE ${table} ADD COLUMN added varchar`);
    await ask();
  });

  it('is spoken to in TLS, and believed only with a good certificate for its name', async () => {
    const named = url.replace('127.0.0.1', 'localhost');
    const ca = AUTHORITY.certPem;
    const { dataSource } = await connect({ tls: { rejectUnauthorized: true, ca } }, named);
    expect(await dataSource.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).toEqual([{ ssl: true }]);
    await connect({ tls: { rejectUnauthorized: false } });
    await expect(connect({ tls: { rejectUnauthorized: true } }, named)).rejects.toThrow();
    await expect(connect({ tls: { rejectUnauthorized: true, ca } })).rejects.toThrow(/IP|altnames/);
  });

  it('is brought up to date once by many that start at the same time', async () => {
    const fresh = await server.createDatabase('fresh');
    const nodes = await Promise.all([1, 2, 3, 4].map(() => connect({ poolSize: 1 }, fresh)));
    await Promise.all(nodes.map(({ dataSource }) => migrate(dataSource)));
    const [before] = await nodes[0]!.dataSource.query<{ count: string }[]>('SELECT count(*) FROM migrations');
    await migrate(nodes[0]!.dataSource);
    const [after] = await nodes[0]!.dataSource.query<{ count: string }[]>('SELECT count(*) FROM migrations');
    expect(after).toEqual(before);
    expect(Number(after?.count)).toBe(nodes[0]!.dataSource.migrations.length);
  });
});
