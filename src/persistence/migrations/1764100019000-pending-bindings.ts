import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigint, createTable, nullable, varchar } from './table-parts.js';

/** Bindings that return unless they are confirmed. */
export class PendingBindings1764100019000 implements MigrationInterface {
  readonly name = 'PendingBindings1764100019000';

  async up(runner: QueryRunner): Promise<void> {
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

  /** Forward only, as all migrations. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations cannot be reverted; restore a backup'));
  }
}
