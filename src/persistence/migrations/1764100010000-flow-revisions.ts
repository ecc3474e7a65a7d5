import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';
import { bigint, createTable, integer, json, nullable, varchar } from './table-parts.js';

/** Who made a flow what it was, and when. */
export class FlowRevisions1764100010000 extends ForwardMigration {
  override readonly name = 'FlowRevisions1764100010000';

  override async up(runner: QueryRunner): Promise<void> {
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
}
