import { LRUCache } from 'lru-cache';
import type { Database, RunResult, Statement } from 'sqlite3';
import { bindParameters } from './bind-parameters.js';
import { SqliteClosedError, SqliteOpenError } from './errors.js';
import { loadSqlite3 } from './native-module.js';
import { SerialQueue, type Done } from './serial-queue.js';

/** How a connection is opened. */
export interface SqliteOpenMode {
  /** Every write fails with SQLITE_READONLY. */
  readonly readOnly: boolean;
  /** Prepared statements that are kept, the least recently used are finalized. */
  readonly statementCacheSize: number;
}

/** What a statement without rows did. */
export interface SqliteRunResult {
  readonly changes: number;
  readonly lastId: number;
}

interface PreparedStatement {
  readonly statement: Statement;
  readonly parameterCount: number;
}

/**
 * One connection to a SQLite database: the seam to the binding. Another binding replaces this class and `native-module.ts`,
 * nothing above them knows which one is used.
 *
 * Statements run one at a time, in the order of the calls. Errors of SQLite are rejected as the binding makes them,
 * with `code` being the name of the result code (`SQLITE_CONSTRAINT`, `SQLITE_BUSY`, ...).
 */
export class SqliteConnection {
  private readonly queue = new SerialQueue();
  private readonly statements: LRUCache<string, PreparedStatement>;
  private closed: Promise<void> | undefined;

  private constructor(
    private readonly database: Database,
    statementCacheSize: number,
  ) {
    this.statements = new LRUCache({ max: statementCacheSize, dispose: ({ statement }) => void statement.finalize() });
  }

  /**
   * Opens the database at `path` (`:memory:` for one that lives as long as the connection). A missing file is created
   * unless the connection is read-only.
   *
   * @throws SqliteModuleLoadError, SqliteOpenError
   */
  static async open(path: string, mode: SqliteOpenMode): Promise<SqliteConnection> {
    const sqlite3 = await loadSqlite3();
    const flags = mode.readOnly ? sqlite3.OPEN_READONLY : sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE;
    return new Promise((resolve, reject) => {
      const database = new sqlite3.Database(path, flags | sqlite3.OPEN_FULLMUTEX, (error) => {
        if (error) reject(new SqliteOpenError(path, error.message, error));
        else resolve(new SqliteConnection(database, mode.statementCacheSize));
      });
    });
  }

  /** Statements that wait or run. */
  get load(): number {
    return this.queue.load;
  }

  /** Runs one statement and gives all its rows. */
  all(sql: string, parameters: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.prepared<Record<string, unknown>[]>(sql, parameters, (statement, bound, done) => {
      statement.all<Record<string, unknown>>(bound, (error, rows) => done(error, rows));
    });
  }

  /** Runs one statement that gives no rows. */
  run(sql: string, parameters: readonly unknown[] = []): Promise<SqliteRunResult> {
    return this.prepared<SqliteRunResult>(sql, parameters, (statement, bound, done) => {
      statement.run(bound, function (this: RunResult, error) {
        done(error, { changes: this.changes, lastId: this.lastID });
      });
    });
  }

  /** Runs a script of any number of statements without parameters, and keeps none of them prepared. */
  exec(script: string): Promise<void> {
    return this.enqueue((done) => {
      this.database.exec(script, (error) => done(error));
    });
  }

  /** Closes after the statements already asked for; an open transaction is lost. Closing twice is fine. */
  close(): Promise<void> {
    this.closed ??= this.queue.run((done) => {
      this.statements.clear();
      this.database.close((error) => done(error));
    });
    return this.closed;
  }

  private prepared<T>(
    sql: string,
    parameters: readonly unknown[],
    use: (statement: Statement, bound: readonly unknown[], done: Done<T>) => void,
  ): Promise<T> {
    return this.enqueue<T>((done) => {
      const bound = bindParameters(parameters);
      const known = this.statements.get(sql);
      if (known) {
        // The binding keeps the values of the call before when it is given none: never let that happen by mistake.
        if (known.parameterCount !== bound.length)
          throw new RangeError(`Expected ${known.parameterCount} parameters, got ${bound.length}: ${sql}`);
        use(known.statement, bound, done);
        return;
      }
      const statement = this.database.prepare(sql, (error) => {
        if (error) {
          done(error);
          return;
        }
        this.statements.set(sql, { statement, parameterCount: bound.length });
        use(statement, bound, done);
      });
    });
  }

  private enqueue<T>(task: (done: Done<T>) => void): Promise<T> {
    return this.closed ? Promise.reject(new SqliteClosedError()) : this.queue.run(task);
  }
}
