import { Between, In, LessThanOrEqual, MoreThanOrEqual } from 'typeorm';
import { EventStore, type AuthEvent, type EventQuery } from '../events/auth-events.js';
import { bigint, json, key, nullable, tableOf, varchar } from './columns.js';
import type { Database } from './database.js';
import { clearBatch, deleteBatch } from './sql.js';
import { Table, type Where } from './table.js';

export const authEventTable = tableOf<AuthEvent>('auth_event', {
  realmId: key(),
  id: key(),
  time: bigint(),
  type: varchar(),
  clientId: nullable(varchar()),
  userId: nullable(varchar()),
  sessionId: nullable(varchar()),
  ipAddress: nullable(varchar()),
  error: nullable(varchar()),
  details: json(),
});

export class TypeOrmEventStore extends EventStore {
  private readonly events: Table<AuthEvent>;

  constructor(private readonly database: Database) {
    super();
    this.events = new Table(database, authEventTable);
  }

  override append(event: AuthEvent): Promise<void> {
    return this.events.insert(event);
  }

  override list(realmId: string, query: EventQuery): Promise<readonly AuthEvent[]> {
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
    await this.events.delete({ realmId, userId });
  }

  override forgetAddresses(before: number, limit: number): Promise<number> {
    return clearBatch(this.database, {
      table: 'auth_event',
      key: ['realm_id', 'id'],
      set: 'ip_address = NULL',
      condition: 'ip_address IS NOT NULL AND time < $1',
      parameters: [before],
      oldest: 'time',
      limit,
    });
  }

  override expire(realmId: string, before: number, limit: number): Promise<number> {
    return deleteBatch(this.database, {
      table: 'auth_event',
      key: ['realm_id', 'id'],
      condition: 'realm_id = $1 AND time < $2',
      parameters: [realmId, before],
      oldest: 'time',
      limit,
    });
  }
}

/** `from` and `to` are inclusive. */
function conditions({ types = [], clientId, userId, ipAddress, error, from, to }: EventQuery): Where<AuthEvent> {
  return {
    ...(types.length === 0 ? {} : { type: In(types) }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(userId === undefined ? {} : { userId }),
    ...(ipAddress === undefined ? {} : { ipAddress }),
    ...(error === undefined ? {} : { error }),
    ...(from === undefined ? {} : to === undefined ? { time: MoreThanOrEqual(from) } : { time: Between(from, to) }),
    ...(from === undefined && to !== undefined ? { time: LessThanOrEqual(to) } : {}),
  };
}
