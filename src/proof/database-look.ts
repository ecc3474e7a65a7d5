import { Client } from 'pg';
import sqlite3 from 'sqlite3';

/** A row as a database gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** Reads the database of a server past the server: with a connection of its own, which cannot write. */
export interface DatabaseLook {
  readonly kind: 'sqlite' | 'postgres';
  /** @param sql of one statement, with $1, $2 for its parameters */
  rows(sql: string, parameters?: readonly string[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** Opens the database of a server that is running: `sqlite:<path>` or `postgres://...`. @throws Error when it cannot be opened */
export const lookInto = (databaseUrl: string): Promise<DatabaseLook> =>
  databaseUrl.startsWith('sqlite:')
    ? lookIntoSqlite(databaseUrl.slice('sqlite:'.length))
    : Promise.resolve(new PostgresLook(databaseUrl));

async function lookIntoSqlite(path: string): Promise<DatabaseLook> {
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened: sqlite3.Database = new sqlite3.Database(path, sqlite3.OPEN_READONLY, (error) =>
      error ? reject(error) : resolve(opened),
    );
  });
  // A server that was killed leaves its log behind, and who comes next has to wait until it was read.
  database.configure('busyTimeout', 10_000);
  return {
    kind: 'sqlite',
    rows: (sql, parameters = []) =>
      new Promise((resolve, reject) =>
        database.all<Row>(sql, parameters, (error, rows) => (error ? reject(error) : resolve(rows))),
      ),
    close: () => new Promise((resolve, reject) => database.close((error) => (error ? reject(error) : resolve()))),
  };
}

/** Connects anew when the database was away meanwhile. */
class PostgresLook implements DatabaseLook {
  readonly kind = 'postgres';
  private client: Client | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly url: string) {}

  /** One after the other, since each is a transaction. */
  rows(sql: string, parameters: readonly string[] = []): Promise<readonly Row[]> {
    const rows = this.turn.then(() => this.read(sql, parameters));
    this.turn = rows.catch(() => undefined);
    return rows;
  }

  async close(): Promise<void> {
    await this.client?.end();
  }

  private async read(sql: string, parameters: readonly string[]): Promise<readonly Row[]> {
    const client = await this.connected();
    try {
      return await readOnly(client, sql, parameters);
    } catch (error) {
      if (this.client === client) throw error;
      return readOnly(await this.connected(), sql, parameters);
    }
  }

  private async connected(): Promise<Client> {
    if (this.client) return this.client;
    const client = new Client({ connectionString: this.url });
    client.on('error', () => (this.client = undefined));
    await client.connect();
    this.client = client;
    return client;
  }
}

/** Behind a pooler a connection is somebody else's afterwards, so that it must not be set to read only: the transaction is. */
async function readOnly(client: Client, sql: string, parameters: readonly string[]): Promise<readonly Row[]> {
  await client.query('BEGIN READ ONLY');
  try {
    return (await client.query<Row>(sql, [...parameters])).rows;
  } finally {
    await client.query('COMMIT');
  }
}
