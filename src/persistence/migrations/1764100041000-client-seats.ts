import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';
import { bigint, createTable, varchar } from './table-parts.js';

/** One row for each client whose seats are counted: who takes a seat writes it, and so waits for who takes one at the same moment. */
export class ClientSeats1764100041000 extends ForwardMigration {
  override readonly name = 'ClientSeats1764100041000';

  override async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'client_seat',
      key: [varchar('realm_id'), varchar('client_id')],
      columns: [bigint('version')],
    });
  }
}
