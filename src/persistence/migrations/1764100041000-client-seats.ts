import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigint, createTable, varchar } from './table-parts.js';

/** One row for each client whose seats are counted: who takes a seat writes it, and so waits for who takes one at the same moment. */
export class ClientSeats1764100041000 implements MigrationInterface {
  readonly name = 'ClientSeats1764100041000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'client_seat',
      key: [varchar('realm_id'), varchar('client_id')],
      columns: [bigint('version')],
    });
  }

  /** Forward only, as all migrations. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations cannot be reverted; restore a backup'));
  }
}
