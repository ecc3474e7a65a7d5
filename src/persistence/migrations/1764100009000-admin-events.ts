import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';
import { bigint, createTable, nullable, text, varchar } from './table-parts.js';

/** What administrators did. */
export class AdminEvents1764100009000 extends ForwardMigration {
  override readonly name = 'AdminEvents1764100009000';

  override async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'admin_event',
      key: [varchar('realm_id'), varchar('id')],
      columns: [
        bigint('time'),
        varchar('operation_type'),
        varchar('resource_type'),
        text('resource_path'),
        nullable(text('representation')),
        varchar('auth_realm_id'),
        varchar('auth_client_id'),
        varchar('auth_user_id'),
        varchar('ip_address'),
      ],
      indexes: { time: { columns: ['realm_id', 'time'] } },
    });
  }
}
