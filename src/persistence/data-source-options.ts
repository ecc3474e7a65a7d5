import { DataSource, type DataSourceOptions } from 'typeorm';
import { SnakeNaming } from './columns.js';
import { entities } from './entities.js';
import { Initial1764000000000 } from './migrations/1764000000000-initial.js';
import { EndedSessions1764100002000 } from './migrations/1764100002000-ended-sessions.js';
import { SessionLists1764100008000 } from './migrations/1764100008000-session-lists.js';
import { AdminEvents1764100009000 } from './migrations/1764100009000-admin-events.js';
import { Deliveries1764100001000 } from './migrations/1764100001000-deliveries.js';
import { KeyComponents1764100003000 } from './migrations/1764100003000-key-components.js';
import { SingleUse1764100006000 } from './migrations/1764100006000-single-use.js';
import { FlowRevisions1764100010000 } from './migrations/1764100010000-flow-revisions.js';
import { PersonalData1764100011000 } from './migrations/1764100011000-personal-data.js';
import { PushedRequests1764100014000 } from './migrations/1764100014000-pushed-requests.js';
import { PendingBindings1764100019000 } from './migrations/1764100019000-pending-bindings.js';
import { GroupNames1764100021000 } from './migrations/1764100021000-group-names.js';
import { ClientFlows1764100030000 } from './migrations/1764100030000-client-flows.js';
import { HotTables1764100040000 } from './migrations/1764100040000-hot-tables.js';
import { ClientSeats1764100041000 } from './migrations/1764100041000-client-seats.js';
import { OwnSessions1764100042000 } from './migrations/1764100042000-own-sessions.js';
import { LinksBackwards1764100050000 } from './migrations/1764100050000-links-backwards.js';
import { postgresOptions, type PostgresTuning } from './postgres-options.js';
import { Sqlite3DataSource } from './sqlite/sqlite3-data-source.js';

/** What can be chosen about a database beside its address. */
export interface DatabaseTuning extends PostgresTuning {
  /** SQLite: FULL (unless told) or NORMAL, see `SqliteSettings.synchronous`. */
  readonly synchronous?: 'FULL' | 'NORMAL';
}

const shared = {
  entities,
  migrations: [
    Initial1764000000000,
    Deliveries1764100001000,
    EndedSessions1764100002000,
    KeyComponents1764100003000,
    SingleUse1764100006000,
    SessionLists1764100008000,
    AdminEvents1764100009000,
    FlowRevisions1764100010000,
    PersonalData1764100011000,
    PushedRequests1764100014000,
    PendingBindings1764100019000,
    GroupNames1764100021000,
    ClientFlows1764100030000,
    HotTables1764100040000,
    ClientSeats1764100041000,
    OwnSessions1764100042000,
    LinksBackwards1764100050000,
  ],
  namingStrategy: new SnakeNaming(),
  synchronize: false,
  logging: false,
} satisfies Partial<DataSourceOptions>;

/**
 * The data source of a database address; nothing is opened before `initialize()`.
 *
 * @param url `sqlite:<path>`, `sqlite::memory:` or `postgres://user:password@host:port/name`
 * @throws RangeError for any other address (which is not repeated: it may hold a password)
 */
export function createDataSource(url: string, tuning: DatabaseTuning = {}): DataSource {
  if (/^postgres(?:ql)?:\/\//.test(url)) return new DataSource({ ...shared, ...postgresOptions(url, tuning) });
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1];
  if (path === undefined) throw new RangeError('The database address must be sqlite:<path> or postgres://...');
  const { synchronous = 'FULL' } = tuning;
  return new Sqlite3DataSource({ ...shared, database: path, synchronous });
}

/** As `createDataSource`, for migrations: they take the time they need. */
export const createMigrationDataSource = (url: string, tuning: DatabaseTuning): DataSource =>
  createDataSource(url, { ...tuning, poolSize: 1, statementTimeoutMs: 0, lockTimeoutMs: 0 });

/** Path of the SQLite file of a database address; undefined for other databases and for one in memory. */
export const sqlitePath = (url: string): string | undefined => {
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1];
  return path === ':memory:' ? undefined : path;
};
