import { DeliveryStore, type Delivery, type PutOff } from '../deliveries/delivery.js';
import { bigint, integer, json, key, nullable, tableOf, text, varchar } from './columns.js';
import type { Database } from './database.js';
import { deleteBatch, Parameters } from './sql.js';
import { Table } from './table.js';

/** A lane is one receiver of one realm: deliveries of a lane go one after the other. */
interface DeliveryRow extends Delivery {
  readonly lane: string;
  readonly heldUntil: number;
}

export const deliveryTable = tableOf<DeliveryRow>('delivery', {
  realmId: key(),
  id: key(),
  kind: varchar(),
  receiver: varchar(),
  lane: varchar(),
  payload: json(),
  createdAt: bigint(),
  dueAt: bigint(),
  heldUntil: bigint(),
  attempts: integer(),
  lastError: nullable(text()),
  failedAt: nullable(bigint()),
  userId: nullable(varchar()),
});

/** Jumps from lane to lane along the index, so that a long queue of one receiver costs no more than a short one. */
const NEXT = `
WITH RECURSIVE lanes(lane) AS (
  SELECT min(lane) FROM delivery WHERE failed_at IS NULL
  UNION ALL
  SELECT (SELECT min(delivery.lane) FROM delivery WHERE delivery.failed_at IS NULL AND delivery.lane > lanes.lane)
  FROM lanes WHERE lanes.lane IS NOT NULL
)
SELECT delivery.realm_id, delivery.id FROM lanes
JOIN delivery ON delivery.failed_at IS NULL AND delivery.id = (
  SELECT due.id FROM delivery due WHERE due.failed_at IS NULL AND due.lane = lanes.lane AND due.due_at <= $1
  ORDER BY due.created_at, due.id LIMIT 1)
WHERE NOT EXISTS (
  SELECT 1 FROM delivery holding
  WHERE holding.failed_at IS NULL AND holding.lane = lanes.lane AND holding.held_until > $1)
ORDER BY CASE delivery.attempts WHEN 0 THEN 0 ELSE 1 END, delivery.due_at, delivery.id LIMIT $2`;

export class TypeOrmDeliveryStore extends DeliveryStore {
  private readonly deliveries: Table<DeliveryRow>;

  constructor(private readonly database: Database) {
    super();
    this.deliveries = new Table(database, deliveryTable);
  }

  override async insert(deliveries: readonly Delivery[]): Promise<void> {
    for (const delivery of deliveries) {
      const lane = JSON.stringify([delivery.realmId, delivery.receiver]);
      await this.deliveries.insert({ ...delivery, lane, heldUntil: 0 });
    }
  }

  override async next(now: number, limit: number): Promise<readonly Delivery[]> {
    const found = await this.database.select<{ realm_id: string; id: string }>(NEXT, [now, limit]);
    const rows = await Promise.all(found.map(({ realm_id: realmId, id }) => this.deliveries.one({ realmId, id })));
    return rows.flatMap((row) => (row ? [toDelivery(row)] : []));
  }

  override async claim(delivery: Delivery, now: number, heldUntil: number): Promise<Delivery | undefined> {
    const { affected } = await this.database.execute(
      `UPDATE delivery SET held_until = $1, attempts = attempts + 1
       WHERE realm_id = $2 AND id = $3 AND attempts = $4 AND held_until <= $5 AND failed_at IS NULL`,
      [heldUntil, delivery.realmId, delivery.id, delivery.attempts, now],
    );
    return affected === 1 ? { ...delivery, attempts: delivery.attempts + 1 } : undefined;
  }

  override async remove({ realmId, id, attempts }: Delivery): Promise<void> {
    await this.deliveries.delete({ realmId, id, attempts });
  }

  override async putOff({ realmId, id, attempts }: Delivery, { dueAt, heldUntil, error }: PutOff): Promise<void> {
    await this.database.execute(
      `UPDATE delivery SET due_at = $1, held_until = $2, last_error = $3
       WHERE realm_id = $4 AND id = $5 AND attempts = $6 AND failed_at IS NULL`,
      [dueAt, heldUntil, error, realmId, id, attempts],
    );
  }

  override async giveUp({ realmId, id, attempts }: Delivery, at: number, error: string): Promise<void> {
    await this.database.execute(
      `UPDATE delivery SET failed_at = $1, last_error = $2
       WHERE realm_id = $3 AND id = $4 AND attempts = $5 AND failed_at IS NULL`,
      [at, error, realmId, id, attempts],
    );
  }

  override async giveUpOld(before: number, now: number, error: string, limit: number): Promise<number> {
    const { affected } = await this.database.execute(
      `UPDATE delivery SET failed_at = $1, last_error = COALESCE(last_error, $2)
       WHERE (realm_id, id) IN (
         SELECT realm_id, id FROM delivery WHERE failed_at IS NULL AND created_at < $3
         ORDER BY created_at LIMIT $4${this.database.isPostgres ? ' FOR UPDATE SKIP LOCKED' : ''})`,
      [now, error, before, limit],
    );
    return affected;
  }

  override expire(before: number, limit: number): Promise<number> {
    return deleteBatch(this.database, {
      table: 'delivery',
      key: ['realm_id', 'id'],
      condition: 'failed_at < $1',
      parameters: [before],
      oldest: 'failed_at',
      limit,
    });
  }

  override async forgetUser(realmId: string, userId: string, kinds: readonly string[]): Promise<void> {
    const parameters = new Parameters(userId, realmId);
    await this.database.execute(
      `DELETE FROM delivery WHERE user_id = $1 AND realm_id = $2
       AND (failed_at IS NOT NULL OR kind IN (${parameters.addAll(kinds)}))`,
      parameters.values,
    );
  }

  override async list(
    realmId: string,
    page: { readonly first: number; readonly max: number },
  ): Promise<readonly Delivery[]> {
    const rows = await this.deliveries.many({ realmId }, { order: { createdAt: 'DESC', id: 'DESC' }, ...page });
    return rows.map(toDelivery);
  }
}

const toDelivery = ({ lane, heldUntil, ...delivery }: DeliveryRow): Delivery => delivery;
