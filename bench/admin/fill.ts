import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/persistence/data-source-options.js';
import { APP, CHEAP_HASH } from '../bench-realm.js';
import { fill, numbers, SESSIONS_EACH } from '../growth/fill.js';
import { clientName, EVERYBODY, type RealmSize } from './realm-file.js';

/** Audit events are of the last month. */
const MONTH_MS = 30 * 86_400_000;

/**
 * Adds to the realm of a server that does not run, by statements of the database: users with sessions, all of them in one role and one
 * group; client scopes; events.
 */
export async function fillRealm(url: string, { users, clientScopes, events }: RealmSize): Promise<void> {
  const filling = { realm: CHEAP_HASH.name, pattern: 'user-1', clients: [APP.clientId, clientName(1)] };
  await fill(url, filling, 0, users * SESSIONS_EACH);
  const dataSource = await createDataSource(url, { synchronous: 'NORMAL' }).initialize();
  try {
    await addToEverybody(dataSource);
    await addClientScopes(dataSource, clientScopes);
    await addEvents(dataSource, events);
    // As autovacuum does; on SQLite nobody does, and the server's plans are made without statistics.
    if (dataSource.options.type === 'postgres') await dataSource.query('VACUUM ANALYZE');
  } finally {
    await dataSource.destroy();
  }
}

const REALM = `(SELECT id FROM realm WHERE name = '${CHEAP_HASH.name}')`;

async function addToEverybody(dataSource: DataSource): Promise<void> {
  const members = (table: string, column: string, of: string): string =>
    `INSERT INTO ${table} (realm_id, user_id, ${column})
      SELECT u.realm_id, u.id, o.id FROM user_account u, ${of} o
      WHERE u.realm_id = ${REALM} AND u.id LIKE 'gen-%' AND o.realm_id = u.realm_id AND o.name = '${EVERYBODY}'`;
  await dataSource.query(members('user_role', 'role_id', 'role'));
  await dataSource.query(members('group_member', 'group_id', 'user_group'));
}

async function addClientScopes(dataSource: DataSource, count: number): Promise<void> {
  await dataSource.query(
    `INSERT INTO client_scope (realm_id, id, name, description, protocol, attributes, protocol_mappers, scope_mappings)
      SELECT s.realm_id, 'bench-scope-' || n, 'bench-scope-' || n, s.description, s.protocol, s.attributes, '[]', '[]'
      FROM ${numbers(dataSource, 1, count)}, client_scope s WHERE s.realm_id = ${REALM} AND s.name = 'address'`,
  );
}

/** Every third audit event is a failed login, every second admin event an update. */
async function addEvents(dataSource: DataSource, count: number): Promise<void> {
  // With decimals: the product of two integers would be one, and too large for PostgreSQL.
  const at = `CAST(${Date.now()} - ${(MONTH_MS / Math.max(1, count)).toFixed(3)} * n AS bigint)`;
  await dataSource.query(
    `INSERT INTO auth_event (realm_id, id, time, type, client_id, user_id, ip_address, details)
      SELECT ${REALM}, 'bench-' || n, ${at}, CASE WHEN n % 3 = 0 THEN 'LOGIN_ERROR' ELSE 'LOGIN' END, '${APP.clientId}',
        'gen-' || (1 + n % 1000), '192.0.2.1', '{"username":"somebody"}' FROM ${numbers(dataSource, 1, count)}`,
  );
  await dataSource.query(
    `INSERT INTO admin_event (realm_id, id, time, operation_type, resource_type, resource_path, representation,
        auth_realm_id, auth_client_id, auth_user_id, ip_address)
      SELECT ${REALM}, 'bench-' || n, ${at}, CASE WHEN n % 2 = 0 THEN 'UPDATE' ELSE 'CREATE' END, 'USER',
        'users/gen-' || (1 + n % 1000), '{"enabled":true}', ${REALM}, '${APP.clientId}', 'gen-1', '192.0.2.1'
      FROM ${numbers(dataSource, 1, count)}`,
  );
}
