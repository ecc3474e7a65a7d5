import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigint, createTable, integer, json, nullable, varchar } from './table-parts.js';

/** Who made a flow what it was, and when. */
export class FlowRevisions1764100010000 implements MigrationInterface {
  readonly name = 'FlowRevisions1764100010000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'flow_revision',
      key: [varchar('realm_id'), varchar('flow_id'), integer('number')],
      columns: [
        varchar('hash'),
        bigint('at'),
        nullable(varchar('editor_id')),
        nullable(varchar('editor_name')),
        json('content'),
      ],
    });
  }

  /** Forward only, as all migrations. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations cannot be reverted; restore a backup'));
  }
}
