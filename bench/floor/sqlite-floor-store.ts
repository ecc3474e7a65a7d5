import sqlite3, { type Database, type Statement } from 'sqlite3';
import {
  ADD,
  addUnderCap,
  IS_OPEN,
  PAGE,
  sessionOf,
  TOUCH,
  valuesOf,
  type FloorSession,
  type FloorStore,
  type Row,
  type RunStatement,
} from './floor-store.js';

/** One connection writes, one transaction after the other; another reads beside it (write-ahead log, `synchronous=FULL` as delivered). */
export class SqliteFloorStore implements FloorStore {
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly writer: Connection,
    private readonly reader: Connection,
  ) {}

  static async open(path: string): Promise<SqliteFloorStore> {
    const writer = await Connection.open(path);
    await writer.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    return new SqliteFloorStore(writer, await Connection.open(path));
  }

  add(session: FloorSession): Promise<boolean> {
    return this.write(async (run) => (await run(ADD, valuesOf(session))).length === 1);
  }

  addWithin(cap: number, session: FloorSession): Promise<boolean> {
    return this.write(async (run) => {
      await run('BEGIN IMMEDIATE', []);
      try {
        const added = await addUnderCap(run, cap, session);
        await run('COMMIT', []);
        return added;
      } catch (error) {
        await run('ROLLBACK', []);
        throw error;
      }
    });
  }

  async isOpen(id: string): Promise<boolean> {
    return (await this.reader.all(IS_OPEN, [id])).length === 1;
  }

  touch(id: string, at: number): Promise<boolean> {
    return this.write(async (run) => (await run(TOUCH, [at, id])).length === 1);
  }

  async page(clientId: string, max: number): Promise<readonly FloorSession[]> {
    return (await this.reader.all(PAGE, [clientId, max])).map(sessionOf);
  }

  exec(script: string): Promise<void> {
    return this.writer.exec(script);
  }

  async close(): Promise<void> {
    await this.turn;
    await this.reader.close();
    await this.writer.close();
  }

  private write<T>(work: (run: RunStatement) => Promise<T>): Promise<T> {
    const done = this.turn.then(() => work((sql, values) => this.writer.all(sql, values)));
    this.turn = done.catch(() => undefined);
    return done;
  }
}

/** The binding with promises, and with its statements kept prepared. */
class Connection {
  private readonly statements = new Map<string, Statement>();

  private constructor(private readonly database: Database) {}

  static open(path: string): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const database = new sqlite3.Database(path, (error) =>
        error ? reject(error) : resolve(new Connection(database)),
      );
    });
  }

  all(sql: string, values: readonly (string | number)[]): Promise<readonly Row[]> {
    return new Promise((resolve, reject) => {
      this.prepared(sql).all<Row>(values, (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  }

  exec(script: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.database.exec(script, (error) => (error ? reject(error) : resolve()));
    });
  }

  close(): Promise<void> {
    for (const statement of this.statements.values()) statement.finalize();
    return new Promise((resolve, reject) => {
      this.database.close((error) => (error ? reject(error) : resolve()));
    });
  }

  private prepared(sql: string): Statement {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.database.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}
