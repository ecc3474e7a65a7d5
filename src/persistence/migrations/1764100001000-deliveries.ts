import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';
import { bigint, createTable, integer, json, nullable, text, varchar } from './table-parts.js';

/** The outbox: what other servers have to be told. */
export class Deliveries1764100001000 extends ForwardMigration {
  override readonly name = 'Deliveries1764100001000';

  override async up(runner: QueryRunner): Promise<void> {
    const waiting = 'failed_at IS NULL';
    await createTable(runner, {
      name: 'delivery',
      key: [varchar('realm_id'), varchar('id')],
      columns: [
        varchar('kind'),
        varchar('receiver'),
        varchar('lane'),
        json('payload'),
        bigint('created_at'),
        bigint('due_at'),
        bigint('held_until'),
        integer('attempts'),
        nullable(text('last_error')),
        nullable(bigint('failed_at')),
      ],
      indexes: {
        lane: { columns: ['lane', 'created_at', 'id'], where: waiting },
        held: { columns: ['lane', 'held_until'], where: waiting },
        waiting: { columns: ['id'], where: waiting },
        age: { columns: ['created_at'], where: waiting },
        failed: { columns: ['failed_at'], where: 'failed_at IS NOT NULL' },
        listed: { columns: ['realm_id', 'created_at', 'id'] },
      },
    });
  }
}
