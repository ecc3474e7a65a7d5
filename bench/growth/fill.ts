import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/persistence/data-source-options.js';

/** Sessions of one generated user. */
export const SESSIONS_EACH = 10;
/** Generated users are `gen-1`, `gen-2`, ... */
export const generatedUser = (number: number): string => `${GENERATED}${number}`;
const GENERATED = 'gen-';

const USERS_AT_ONCE = 5_000;
/** Everything began within the last eight hours and was used within the last hour. */
const BEGAN_WITHIN_MS = 8 * 3_600_000;
const USED_WITHIN_MS = 3_600_000;

/** What rows are made for. */
export interface Filling {
  readonly realm: string;
  /** A user of the realm, whose row is the pattern of those that are made. */
  readonly pattern: string;
  /** Public names of the clients: everybody is at the first, every second session also at one of the others. */
  readonly clients: readonly string[];
}

/** Users `<prefix><first>` to `<prefix><last>`, with so many sessions each. */
export interface Owners {
  readonly prefix: string;
  readonly each: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Adds users and their sessions to the database of a server that does not run, with the statements of the database itself: a million
 * sessions in a minute or two.
 * @param from how many sessions were made before, @param to how many there are to be; both multiples of `SESSIONS_EACH`
 */
export async function fill(url: string, filling: Filling, from: number, to: number): Promise<void> {
  const dataSource = await createDataSource(url, { synchronous: 'NORMAL' }).initialize();
  try {
    const places = await placesOf(dataSource, filling);
    for (let user = from / SESSIONS_EACH; user < to / SESSIONS_EACH; user += USERS_AT_ONCE) {
      const last = Math.min(user + USERS_AT_ONCE, to / SESSIONS_EACH);
      const owners = { prefix: GENERATED, each: SESSIONS_EACH, first: user + 1, last };
      await addUsers(dataSource, places, owners);
      await addSessions(dataSource, places, owners);
    }
    await settle(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** Adds sessions of users whom the realm has already, and whose ids are their names; see `fill`. */
export async function fillSessions(url: string, filling: Filling, crowds: readonly Owners[]): Promise<void> {
  const dataSource = await createDataSource(url, { synchronous: 'NORMAL' }).initialize();
  try {
    const places = await placesOf(dataSource, filling);
    for (const owners of crowds) await addSessions(dataSource, places, owners);
    await settle(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** What autovacuum does for PostgreSQL within a minute or so of such a change. */
async function settle(dataSource: DataSource): Promise<void> {
  if (dataSource.options.type === 'postgres') await dataSource.query('VACUUM ANALYZE');
}

/**
 * Lets the last use of the sessions of some generated users be long ago, so that the sweeper has to end them.
 * @returns how many sessions have ended before
 */
export async function outdate(url: string, sessions: number, at: number): Promise<number> {
  const dataSource = await createDataSource(url).initialize();
  try {
    const users = Array.from({ length: sessions / SESSIONS_EACH }, (_, index) => generatedUser(index + 1));
    const marks = users.map((_, index) => `$${index + 2}`).join(', ');
    await dataSource.query(`UPDATE user_session SET last_access = $1 WHERE user_id IN (${marks})`, [at, ...users]);
    const [row] = await dataSource.query<{ ended: number | string }[]>(
      'SELECT count(*) AS ended FROM user_session WHERE ended_at IS NOT NULL',
    );
    return Number(row?.ended);
  } finally {
    await dataSource.destroy();
  }
}

/** Internal ids. */
interface Places {
  readonly realmId: string;
  readonly patternId: string;
  readonly clientIds: readonly string[];
}

async function placesOf(dataSource: DataSource, { realm, pattern, clients }: Filling): Promise<Places> {
  const [realmRow] = await dataSource.query<{ id: string }[]>('SELECT id FROM realm WHERE name = $1', [realm]);
  const realmId = realmRow?.id ?? '';
  const [user] = await dataSource.query<{ id: string }[]>(
    'SELECT id FROM user_account WHERE realm_id = $1 AND username = $2',
    [realmId, pattern],
  );
  const rows = await dataSource.query<{ id: string; client_id: string }[]>(
    'SELECT id, client_id FROM client WHERE realm_id = $1',
    [realmId],
  );
  const byName = new Map(rows.map((row) => [row.client_id, row.id]));
  return {
    realmId,
    patternId: user?.id ?? '',
    clientIds: clients.map((name) => {
      const id = byName.get(name);
      if (id === undefined) throw new Error(`There is no client ${name}`);
      return id;
    }),
  };
}

/** A source of whole numbers `n`. They are written into the statement: they are ours. */
export const numbers = ({ options }: DataSource, first: number, last: number): string =>
  options.type === 'postgres'
    ? `(SELECT n FROM generate_series(${first}, ${last}) AS n) AS numbers`
    : `(WITH RECURSIVE counted(n) AS (SELECT ${first} UNION ALL SELECT n + 1 FROM counted WHERE n < ${last}) SELECT n FROM counted) AS numbers`;

async function addUsers(
  dataSource: DataSource,
  { realmId, patternId }: Places,
  { prefix, first, last }: Owners,
): Promise<void> {
  const made = numbers(dataSource, first, last);
  await dataSource.query(
    `INSERT INTO user_account (realm_id, id, username, first_name, last_name, enabled, email_verified, document)
      SELECT u.realm_id, '${prefix}' || n, '${prefix}' || n, u.first_name, u.last_name, u.enabled, u.email_verified, u.document
      FROM ${made}, user_account u WHERE u.realm_id = $1 AND u.id = $2`,
    [realmId, patternId],
  );
}

/** Ids are random, as real ones are: they land all over the indexes. */
async function addSessions(
  dataSource: DataSource,
  { realmId, clientIds }: Places,
  { prefix, each, first, last }: Owners,
): Promise<void> {
  const people = numbers(dataSource, first, last);
  await dataSource.query(
    `INSERT INTO session_owner (realm_id, user_id, version) SELECT $1, '${prefix}' || n, ${each} FROM ${people}`,
    [realmId],
  );
  const isPostgres = dataSource.options.type === 'postgres';
  const id = isPostgres ? 'gen_random_uuid()::text' : 'lower(hex(randomblob(16)))';
  const ago = (most: number): string =>
    isPostgres ? `CAST(${Date.now()} - random() * ${most} AS bigint)` : `(${Date.now()} - abs(random()) % ${most})`;
  const made = numbers(dataSource, (first - 1) * each + 1, last * each);
  await dataSource.query(
    `INSERT INTO user_session (realm_id, id, offline, user_id, username, remember_me, ip_address, user_agent, auth_method,
        started_at, last_access, auth_time, owner_version, notes)
      SELECT $1, ${id}, $2, owner, owner, $2, address, 'Mozilla/5.0', 'openid-connect',
        began, CASE WHEN began > used THEN began ELSE used END, began / 1000, version, '{}'
      FROM (SELECT '${prefix}' || (1 + (n - 1) / ${each}) AS owner, 1 + (n - 1) % ${each} AS version,
        '10.' || (n / 65536 % 256) || '.' || (n / 256 % 256) || '.' || (n % 256) AS address,
        ${ago(BEGAN_WITHIN_MS)} AS began, ${ago(USED_WITHIN_MS)} AS used FROM ${made}) AS made`,
    [realmId, false],
  );
  const owners = `SELECT '${prefix}' || n FROM ${people}`;
  const [everybodys = '', ...others] = clientIds;
  const join = async (client: string, condition: string): Promise<void> => {
    await dataSource.query(
      `INSERT INTO client_session (realm_id, session_id, offline, client_id, user_id, started_at, last_access, scope, notes, refresh)
        SELECT s.realm_id, s.id, s.offline, $1, s.user_id, s.started_at, s.last_access, 'openid profile email', '{}', '{}'
        FROM user_session s WHERE s.realm_id = $2 AND s.offline = $3 AND s.user_id IN (${owners}) AND ${condition}`,
      [client, realmId, false],
    );
  };
  await join(everybodys, 's.ended_at IS NULL');
  for (const [index, other] of others.entries()) await join(other, `s.owner_version = ${1 + ((2 * index) % each)}`);
}
