import { existsSync } from 'node:fs';
import { lookInto } from './database-look.js';

const TABLE = {
  postgres: "SELECT to_regclass('realm') AS name",
  sqlite: "SELECT name FROM sqlite_master WHERE name = 'realm'",
};

/** True when a server has worked on the database: it has realms. @throws as `lookInto` */
export async function hasRealms(databaseUrl: string): Promise<boolean> {
  if (databaseUrl.startsWith('sqlite:') && !existsSync(databaseUrl.slice('sqlite:'.length))) return false;
  const look = await lookInto(databaseUrl);
  try {
    const [table] = await look.rows(TABLE[look.kind]);
    if (!table?.['name']) return false;
    return (await look.rows('SELECT id FROM realm LIMIT 1')).length > 0;
  } finally {
    await look.close();
  }
}
