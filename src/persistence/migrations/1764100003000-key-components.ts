import { randomUUID } from 'node:crypto';
import { TableColumn, TableIndex, type QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';
import { bigint, nullable } from './table-parts.js';

/** Keys are components with an id of their own, and a rotation bounds the time in which they sign and verify. */
export class KeyComponents1764100003000 extends ForwardMigration {
  override readonly name = 'KeyComponents1764100003000';

  override async up(runner: QueryRunner): Promise<void> {
    const bytes = runner.dataSource.options.type === 'postgres' ? { collation: 'C' } : {};
    await runner.addColumns('realm_key', [
      new TableColumn({ name: 'component_id', type: 'varchar', default: "''", ...bytes }),
      ...['signs_from', 'signs_until', 'verifies_until'].map((name) => new TableColumn(nullable(bigint(name)))),
    ]);
    const keys = (await runner.query('SELECT realm_id, id FROM realm_key')) as { realm_id: string; id: string }[];
    for (const key of keys) {
      await runner.query('UPDATE realm_key SET component_id = $1 WHERE realm_id = $2 AND id = $3', [
        randomUUID(),
        key.realm_id,
        key.id,
      ]);
    }
    await runner.createIndex(
      'realm_key',
      new TableIndex({ name: 'realm_key_component', columnNames: ['realm_id', 'component_id'], isUnique: true }),
    );
  }
}
