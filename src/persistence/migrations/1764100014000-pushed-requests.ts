import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';
import { bigint, createTable, text, varchar } from './table-parts.js';

/** Authorization requests that clients pushed (RFC 9126), until the browser comes with their reference. */
export class PushedRequests1764100014000 extends ForwardMigration {
  override readonly name = 'PushedRequests1764100014000';

  override async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'pushed_request',
      key: [varchar('realm_id'), varchar('hash')],
      columns: [varchar('client_id'), bigint('expires_at'), text('parameters')],
      indexes: { expires: { columns: ['expires_at'] } },
    });
  }
}
