import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigint, createTable, varchar } from './table-parts.js';

/** Names that may be used once: spent links of mails, the pause between two mails. */
export class SingleUse1764100006000 implements MigrationInterface {
  readonly name = 'SingleUse1764100006000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'single_use',
      key: [varchar('realm_id'), varchar('name')],
      columns: [bigint('until')],
      indexes: { until: { columns: ['until'] } },
    });
  }

  /** Forward only, see the first migration. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations cannot be reverted; restore a backup'));
  }
}
