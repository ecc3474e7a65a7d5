import { TableIndex, type QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';
import { bigint, boolean, createTable, varchar } from './table-parts.js';

const OPEN = 'ended_at IS NULL';

/**
 * What lists, counts and the sweeper read by, however many sessions there are. Indexes of open sessions begin with anything but the
 * realm: PostgreSQL would take them for finding one session by its key as long as it has no statistics.
 */
const INDEXES = [
  // What is over because nobody used it.
  { table: 'user_session', name: 'idle', columns: ['remember_me', 'offline', 'realm_id', 'last_access'], where: OPEN },
  // What is over because it began long ago, and searches by time.
  {
    table: 'user_session',
    name: 'begun',
    columns: ['remember_me', 'offline', 'realm_id', 'started_at', 'id'],
    where: OPEN,
  },
  { table: 'user_session', name: 'address', columns: ['ip_address', 'realm_id', 'started_at'], where: OPEN },
  // The list of a client, in the order in which it joined sessions.
  {
    table: 'client_session',
    name: 'joined',
    columns: ['realm_id', 'client_id', 'offline', 'started_at', 'session_id'],
  },
];

/** Lists, counts and searches of sessions at scale: indexes, and counts that are kept by the database itself. */
export class SessionLists1764100008000 extends ForwardMigration {
  override readonly name = 'SessionLists1764100008000';

  override async up(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('user_session', 'user_session_open_access');
    await runner.dropIndex('client_session', 'client_session_client');
    for (const { table, name, columns, where } of INDEXES) {
      const index = { name: `${table}_${name}`, columnNames: columns, ...(where === undefined ? {} : { where }) };
      await runner.createIndex(table, new TableIndex(index));
    }
    await createTable(runner, {
      name: 'client_session_count',
      key: [varchar('realm_id'), varchar('client_id'), boolean('offline'), bigint('part')],
      columns: [bigint('sessions')],
    });
    await runner.query(`INSERT INTO client_session_count (realm_id, client_id, offline, part, sessions)
      SELECT realm_id, client_id, offline, 0, count(*) FROM client_session GROUP BY realm_id, client_id, offline`);
    await (runner.dataSource.options.type === 'postgres' ? countOnPostgres(runner) : countOnSqlite(runner));
  }
}

/** SQLite has one writer, so one row for each client is no bottleneck. */
async function countOnSqlite(runner: QueryRunner): Promise<void> {
  for (const [name, event, row, change] of [
    ['client_session_joined', 'INSERT', 'NEW', 1],
    ['client_session_left', 'DELETE', 'OLD', -1],
  ] as const) {
    await runner.query(`CREATE TRIGGER ${name}_count AFTER ${event} ON client_session BEGIN
      INSERT INTO client_session_count (realm_id, client_id, offline, part, sessions)
        VALUES (${row}.realm_id, ${row}.client_id, ${row}.offline, 0, ${change})
        ON CONFLICT (realm_id, client_id, offline, part) DO UPDATE SET sessions = sessions + excluded.sessions;
    END`);
  }
}

/** Every transaction counts in rows of its own (`part` is its number), so that logins do not wait for each other. */
async function countOnPostgres(runner: QueryRunner): Promise<void> {
  await runner.query(`CREATE FUNCTION client_session_counted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO client_session_count AS counted (realm_id, client_id, offline, part, sessions)
        SELECT realm_id, client_id, offline, pg_current_xact_id()::text::bigint,
          CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END
        FROM changed GROUP BY realm_id, client_id, offline
        ON CONFLICT (realm_id, client_id, offline, part) DO UPDATE SET sessions = counted.sessions + EXCLUDED.sessions;
      RETURN NULL;
    END $$`);
  for (const [name, event, rows] of [
    ['client_session_joined', 'INSERT', 'NEW'],
    ['client_session_left', 'DELETE', 'OLD'],
  ] as const) {
    await runner.query(`CREATE TRIGGER ${name}_count AFTER ${event} ON client_session
      REFERENCING ${rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION client_session_counted()`);
  }
}
