import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A place for a SQLite database that nobody else uses. */
export interface TempDatabase {
  /** Path of the database file; nothing is there yet. */
  readonly path: string;
  /** Removes the file and all that SQLite put beside it. Close the database first. */
  remove(): Promise<void>;
}

/** Makes a fresh directory for one database under the system's directory for temporary files. */
export async function tempDatabase(): Promise<TempDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-'));
  return { path: join(directory, 'sluice.sqlite'), remove: () => rm(directory, { recursive: true, force: true }) };
}
