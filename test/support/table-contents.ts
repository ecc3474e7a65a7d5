import sqlite3 from 'sqlite3';

/** Every row of every table of a SQLite file, read past the server: two are equal exactly when nothing was written in between. */
export async function tableContents(path: string): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const database = new sqlite3.Database(path, sqlite3.OPEN_READONLY);
  const all = (sql: string): Promise<readonly unknown[]> =>
    new Promise((resolve, reject) =>
      database.all(sql, (error: Error | null, rows: unknown[]) => (error ? reject(error) : resolve(rows))),
    );
  try {
    const tables = (await all(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)) as {
      name: string;
    }[];
    const contents: Record<string, readonly unknown[]> = {};
    for (const { name } of tables) contents[name] = await all(`SELECT * FROM "${name}" ORDER BY 1, 2`);
    return contents;
  } finally {
    await new Promise((resolve) => database.close(resolve));
  }
}
