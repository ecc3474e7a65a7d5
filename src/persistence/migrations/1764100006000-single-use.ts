import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';
import { bigint, createTable, varchar } from './table-parts.js';

/** Names that may be used once: spent links of mails, the pause between two mails. */
export class SingleUse1764100006000 extends ForwardMigration {
  override readonly name = 'SingleUse1764100006000';

  override async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'single_use',
      key: [varchar('realm_id'), varchar('name')],
      columns: [bigint('until')],
      indexes: { until: { columns: ['until'] } },
    });
  }
}
