import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';
import { bigint, createTable, nullable, varchar } from './table-parts.js';

/** Bindings that return unless they are confirmed. */
export class PendingBindings1764100019000 extends ForwardMigration {
  override readonly name = 'PendingBindings1764100019000';

  override async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'pending_binding',
      key: [varchar('realm_id'), varchar('id')],
      columns: [
        varchar('field'),
        nullable(varchar('client_id')),
        nullable(varchar('flow_before')),
        nullable(varchar('flow_after')),
        bigint('created_at'),
        bigint('due_at'),
        nullable(varchar('editor_id')),
        nullable(varchar('editor_name')),
      ],
      indexes: { due: { columns: ['due_at'] } },
    });
  }
}
