import sqlite3 from 'sqlite3';

/**
 * What may change beside a refusal, each for its reason: the log of it (events and what is told of them), the count of wrong guesses,
 * a login that goes on, what counts once and has now been shown, and sessions, which are marked as over when somebody next looks.
 */
const BESIDE = [
  'auth_event',
  'delivery',
  'login_failure',
  'pending_login',
  'authorization_code',
  'single_use',
  'revoked_token',
  'user_session',
  'client_session',
  'client_session_count',
  'session_owner',
];

/** Keys that nobody chose are made when something is first signed, and stay although what follows fails. */
const CHOSEN_KEYS = ` WHERE name NOT LIKE 'fallback-%'`;

/** Looks at a SQLite file from beside the server: what is different between two moments. */
export class WatchedDatabase {
  private constructor(
    /** Holds the moment before, as a snapshot. */
    private readonly before: sqlite3.Database,
    private readonly now: sqlite3.Database,
    private readonly tables: readonly string[],
  ) {}

  static async open(path: string): Promise<WatchedDatabase> {
    const [before, now] = await Promise.all([openFile(path), openFile(path)]);
    const rows = await all<{ name: string }>(now, `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`);
    const names = rows.map(({ name }) => name);
    const unknown = BESIDE.filter((name) => !names.includes(name));
    if (unknown.length > 0) throw new Error(`There are no such tables: ${unknown.join(', ')}`);
    const watched = new WatchedDatabase(
      before,
      now,
      names.filter((name) => !BESIDE.includes(name) && !name.startsWith('sqlite_')),
    );
    await watched.remember();
    return watched;
  }

  private version = 0;

  /** From here on differences are counted. */
  async remember(): Promise<void> {
    await all(this.before, 'COMMIT').catch(() => undefined);
    await all(this.before, 'BEGIN');
    await all(this.before, 'SELECT 1 FROM sqlite_master LIMIT 1');
    this.version = await this.currentVersion();
  }

  /** Tables that are not as they were, each with a row that shows it. Costs little when nothing was written. */
  async changes(): Promise<readonly string[]> {
    if ((await this.currentVersion()) === this.version) return [];
    const changed: string[] = [];
    for (const table of this.tables) {
      const sql = `SELECT * FROM "${table}"${table === 'realm_key' ? CHOSEN_KEYS : ''}`;
      const [old, fresh] = await Promise.all([rowsOf(this.before, sql), rowsOf(this.now, sql)]);
      const row = [...fresh].find((each) => !old.has(each)) ?? [...old].find((each) => !fresh.has(each));
      if (row !== undefined) changed.push(`${table}: ${row.slice(0, 300)}`);
    }
    return changed;
  }

  async close(): Promise<void> {
    await Promise.all([closeFile(this.before), closeFile(this.now)]);
  }

  /** Counts the commits of other connections. */
  private async currentVersion(): Promise<number> {
    return (await all<{ data_version: number }>(this.now, 'PRAGMA data_version'))[0]?.data_version ?? 0;
  }
}

const rowsOf = async (database: sqlite3.Database, sql: string): Promise<ReadonlySet<string>> =>
  new Set((await all(database, sql)).map((row) => JSON.stringify(row)));

const all = <T>(database: sqlite3.Database, sql: string): Promise<readonly T[]> =>
  new Promise((resolve, reject) =>
    database.all(sql, (error: Error | null, rows: T[]) => (error ? reject(error) : resolve(rows))),
  );

const openFile = (path: string): Promise<sqlite3.Database> =>
  new Promise((resolve, reject) => {
    const database = new sqlite3.Database(path, sqlite3.OPEN_READONLY, (error) =>
      error ? reject(error) : resolve(database),
    );
  });

const closeFile = (database: sqlite3.Database): Promise<void> =>
  new Promise((resolve, reject) => database.close((error) => (error ? reject(error) : resolve())));
