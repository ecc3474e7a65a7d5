import { Between, In, LessThanOrEqual, MoreThanOrEqual } from 'typeorm';
import { AdminEventStore, type AdminEvent, type AdminEventQuery } from '../events/admin-events.js';
import { bigint, key, nullable, tableOf, text, varchar } from './columns.js';
import type { Database } from './database.js';
import { clearBatch, deleteBatch, withStars } from './sql.js';
import { Table, type Where } from './table.js';

export const adminEventTable = tableOf<AdminEvent>('admin_event', {
  realmId: key(),
  id: key(),
  time: bigint(),
  operationType: varchar(),
  resourceType: varchar(),
  resourcePath: text(),
  representation: nullable(text()),
  authRealmId: varchar(),
  authClientId: varchar(),
  authUserId: varchar(),
  ipAddress: varchar(),
});

export class TypeOrmAdminEventStore extends AdminEventStore {
  private readonly events: Table<AdminEvent>;

  constructor(private readonly database: Database) {
    super();
    this.events = new Table(database, adminEventTable);
  }

  override append(event: AdminEvent): Promise<void> {
    return this.events.insert(event);
  }

  override list(realmId: string, query: AdminEventQuery): Promise<readonly AdminEvent[]> {
    const direction = query.direction === 'asc' ? 'ASC' : 'DESC';
    return this.events.many(
      { realmId, ...conditions(query) },
      { order: { time: direction, id: direction }, first: query.first, max: query.max },
    );
  }

  override async clear(realmId: string): Promise<void> {
    await this.events.delete({ realmId });
  }

  override async forgetUser(realmId: string, userId: string): Promise<void> {
    const path = `users/${userId}`;
    // `0` is the character after `/`: everything below the user's address, by index.
    await this.database.execute(
      `UPDATE admin_event SET representation = NULL
       WHERE realm_id = $1 AND (resource_path = $2 OR (resource_path > $3 AND resource_path < $4))`,
      [realmId, path, `${path}/`, `${path}0`],
    );
    await this.database.execute(
      `UPDATE admin_event SET ip_address = '' WHERE auth_user_id = $1 AND auth_realm_id = $2`,
      [userId, realmId],
    );
  }

  override forgetAddresses(before: number, limit: number): Promise<number> {
    return clearBatch(this.database, {
      table: 'admin_event',
      key: ['realm_id', 'id'],
      set: "ip_address = ''",
      condition: "ip_address <> '' AND time < $1",
      parameters: [before],
      oldest: 'time',
      limit,
    });
  }

  override expire(realmId: string, before: number, limit: number): Promise<number> {
    return deleteBatch(this.database, {
      table: 'admin_event',
      key: ['realm_id', 'id'],
      condition: 'realm_id = $1 AND time < $2',
      parameters: [realmId, before],
      oldest: 'time',
      limit,
    });
  }
}

/** `from` and `to` are inclusive. */
function conditions(query: AdminEventQuery): Where<AdminEvent> {
  const { operationTypes = [], resourceTypes = [], resourcePath, from, to } = query;
  const { authRealmId, authClientId, authUserId, ipAddress } = query;
  return {
    ...(operationTypes.length > 0 && { operationType: In(operationTypes) }),
    ...(resourceTypes.length > 0 && { resourceType: In(resourceTypes) }),
    ...(authRealmId !== undefined && { authRealmId }),
    ...(authClientId !== undefined && { authClientId }),
    ...(authUserId !== undefined && { authUserId }),
    ...(ipAddress !== undefined && { ipAddress }),
    ...(resourcePath !== undefined && { resourcePath: withStars(resourcePath) }),
    ...(from !== undefined && { time: to === undefined ? MoreThanOrEqual(from) : Between(from, to) }),
    ...(from === undefined && to !== undefined && { time: LessThanOrEqual(to) }),
  };
}
