import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SqliteOpenError } from './errors.js';
import { SqliteConnection } from './sqlite-connection.js';
import { IN_MEMORY, type SqliteSettings } from './sqlite3-options.js';
import { WriterLock, type ReleaseWriter } from './writer-lock.js';

const BUSY_RETRY_MS = 10;

/** The writer, for as long as `release` has not been called. */
export interface WriterLease {
  readonly connection: SqliteConnection;
  readonly release: ReleaseWriter;
}

/**
 * The connections to one database: a single writer behind a lock, and readers that never wait for it (write-ahead log).
 * SQLite allows one write transaction at a time; waiting for it here, in order, replaces SQLite's polling and SQLITE_BUSY.
 */
export class ConnectionPool {
  private closed: Promise<void> | undefined;

  private constructor(
    private readonly writer: SqliteConnection,
    private readonly readers: readonly SqliteConnection[],
    private readonly lock: WriterLock,
  ) {}

  /**
   * Opens all connections; creates the directory and the file when they are missing.
   *
   * @throws SqliteModuleLoadError, SqliteOpenError
   */
  static async open(settings: Required<SqliteSettings>): Promise<ConnectionPool> {
    const inMemory = settings.database === IN_MEMORY;
    if (!inMemory) await mkdir(dirname(settings.database), { recursive: true });
    const opened: SqliteConnection[] = [];
    try {
      const writer = await openConnection(settings, false);
      opened.push(writer);
      if (!inMemory) await useWriteAheadLog(writer, settings);
      for (let count = inMemory ? 0 : settings.readers; count > 0; count--)
        opened.push(await openConnection(settings, true));
      return new ConnectionPool(writer, opened.slice(1), new WriterLock(settings.acquireTimeoutMs));
    } catch (error) {
      await Promise.all(opened.map((connection) => connection.close()));
      throw error;
    }
  }

  /** Connections, those that work, and transactions that wait for the writer. */
  get load(): { readonly total: number; readonly busy: number; readonly waiting: number } {
    const { held, waiting } = this.lock.load;
    const reading = this.readers.filter(({ load }) => load > 0).length;
    return { total: this.readers.length + 1, busy: held + reading, waiting };
  }

  /** Runs `work`, which is going to hold the writer, so that a second write from within it throws; see `WriterLock.scope`. */
  asWriter<T>(work: () => T): T {
    return this.lock.scope(work);
  }

  /** Waits for the writer; throws as `WriterLock.acquire` does. */
  async acquireWriter(): Promise<WriterLease> {
    const release = await this.lock.acquire();
    return { connection: this.writer, release };
  }

  /** The least busy reader. Without readers the writer, which then also shows what is not committed yet. */
  reader(): SqliteConnection {
    return (
      this.readers.reduce<SqliteConnection | undefined>(
        (best, next) => (best && best.load <= next.load ? best : next),
        undefined,
      ) ?? this.writer
    );
  }

  /** Waits for the running transaction, and closes. Closing twice is fine. */
  close(): Promise<void> {
    this.closed ??= this.closeAll();
    return this.closed;
  }

  /** The writer closes last: the last connection empties the write-ahead log, which a read-only one cannot. */
  private async closeAll(): Promise<void> {
    await this.lock.close();
    await Promise.all(this.readers.map((reader) => reader.close()));
    await this.writer.close();
  }
}

async function openConnection(settings: Required<SqliteSettings>, readOnly: boolean): Promise<SqliteConnection> {
  const connection = await SqliteConnection.open(settings.database, {
    readOnly,
    statementCacheSize: settings.statementCacheSize,
  });
  // busy_timeout comes first: the switch to the write-ahead log may have to wait for another process.
  await connection.exec(`
    PRAGMA busy_timeout = ${settings.busyTimeoutMs};
    PRAGMA foreign_keys = ON;
    PRAGMA synchronous = ${settings.synchronous};
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = ${readOnly ? -4000 : -16000};
  `);
  return connection;
}

/** SQLite does not wait for another process that makes the same switch at this moment (busy_timeout does not count): we do. */
async function switchToWriteAheadLog(writer: SqliteConnection, busyTimeoutMs: number): Promise<unknown> {
  const until = performance.now() + busyTimeoutMs;
  for (;;) {
    try {
      return (await writer.all('PRAGMA journal_mode = WAL'))[0]?.['journal_mode'];
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'SQLITE_BUSY' || performance.now() > until) throw error;
      await sleep(BUSY_RETRY_MS);
    }
  }
}

async function useWriteAheadLog(writer: SqliteConnection, settings: Required<SqliteSettings>): Promise<void> {
  const mode = await switchToWriteAheadLog(writer, settings.busyTimeoutMs);
  if (mode !== 'wal') {
    throw new SqliteOpenError(
      settings.database,
      'its file system does not support the write-ahead log (network drives do not); use a local disk',
    );
  }
}
