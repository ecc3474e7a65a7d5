import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresServer } from '../test/support/postgres-server.js';
import { ServerProcess } from '../test/support/server-process.js';
import type { MeasuredServer } from './measure.js';

/** Databases that are measured, by the name of the option. */
export const DATABASES = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const;
export type DatabaseName = keyof typeof DATABASES;

/** @throws RangeError for a database that is not known */
export function databaseNamed(name: string): DatabaseName {
  if (name === 'sqlite' || name === 'postgres') return name;
  throw new RangeError(`--database must be sqlite or postgres: ${name}`);
}

/** Where a server keeps its data while it is measured. */
export interface Place {
  readonly url: string;
  /** Process of the database, where it has one. */
  readonly databasePid?: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Address of another empty database beside this one. */
  another(name: string): Promise<string>;
  drop(): Promise<void>;
}

/** An empty database, on PostgreSQL with a server of its own; durability as delivered. */
export const newPlace = (database: DatabaseName, name: string): Promise<Place> =>
  database === 'sqlite' ? sqlitePlace(name) : postgresPlace(name);

async function sqlitePlace(name: string): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), `sluice-${name}-`));
  const another = (other: string): string => `sqlite:${join(folder, `${other}.sqlite`)}`;
  return {
    url: another(name),
    settings: {},
    folder,
    another: (other) => Promise.resolve(another(other)),
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function postgresPlace(name: string): Promise<Place> {
  const [folder, postgres] = await Promise.all([
    mkdtemp(join(tmpdir(), `sluice-${name}-`)),
    PostgresServer.start('durable'),
  ]);
  return {
    url: await postgres.createDatabase(name),
    databasePid: await postgres.pid(),
    settings: { SLUICE_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64') },
    folder,
    another: (other) => postgres.createDatabase(other),
    drop: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The line of a page of results that says when and where it was measured. */
export const machine = (date: string): string =>
  `- ${date}; ${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} processors; Node ${process.version}.`;

const RESULTS = join(import.meta.dirname, 'results');

/** A page of results. */
export interface Results {
  readonly text: string;
  /** Drawings (SVG) by the name of their file. */
  readonly charts?: ReadonlyMap<string, string>;
}

/** Prints a page of results, and unless it was only tried writes `bench/results/<name>.md` and its charts. */
export async function publish(name: string, { text, charts = new Map() }: Results, dry: boolean): Promise<void> {
  console.log(text);
  if (dry) return;
  await mkdir(RESULTS, { recursive: true });
  await writeFile(join(RESULTS, `${name}.md`), text);
  for (const [file, drawn] of charts) await writeFile(join(RESULTS, file), drawn);
}

/**
 * Measures on each database and publishes the results of each as `<date>-<name>-<database>`.
 * @param measureOn gives the page of one, which will have the given name, alone or with charts
 */
export async function reportEach(
  { databases, dry }: { readonly databases: readonly DatabaseName[]; readonly dry: boolean },
  name: string,
  measureOn: (place: Place, database: string, date: string, page: string) => Promise<string | Results>,
): Promise<void> {
  for (const database of databases) {
    const place = await newPlace(database, name);
    try {
      const date = new Date().toISOString().slice(0, 10);
      const page = `${date}-${name}-${database}`;
      const results = await measureOn(place, DATABASES[database], date, page);
      await publish(page, typeof results === 'string' ? { text: results } : results, dry);
    } finally {
      await place.drop();
    }
  }
}

/** Starts a server on the data of a place, and ends it after the work. */
export async function withServer<T>(
  { url, settings }: Place,
  more: Readonly<Record<string, string>>,
  work: (server: ServerProcess) => Promise<T>,
): Promise<T> {
  const server = await ServerProcess.start({ settings: { SLUICE_DATABASE_URL: url, ...settings, ...more } });
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

/** The processes whose time counts. */
export const measuredAt = ({ databasePid }: Place, { url, pid }: ServerProcess): MeasuredServer => ({
  url,
  pid,
  ...(databasePid === undefined ? {} : { databasePid }),
});
