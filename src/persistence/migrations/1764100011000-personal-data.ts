import { TableIndex, type QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';

/** By what personal data is found when its time is over, and when its user is deleted. */
const INDEXES = [
  { table: 'auth_event', name: 'addressed', columns: ['time'], where: 'ip_address IS NOT NULL' },
  { table: 'admin_event', name: 'addressed', columns: ['time'], where: "ip_address <> ''" },
  { table: 'admin_event', name: 'actor', columns: ['auth_user_id'] },
  { table: 'admin_event', name: 'path', columns: ['realm_id', 'resource_path'] },
  { table: 'login_failure', name: 'addressed', columns: ['last_failure'], where: 'last_ip_failure IS NOT NULL' },
  { table: 'delivery', name: 'user', columns: ['user_id'], where: 'user_id IS NOT NULL' },
];

/** Whom a delivery is about; indexes for what is forgotten. */
export class PersonalData1764100011000 extends ForwardMigration {
  override readonly name = 'PersonalData1764100011000';

  override async up(runner: QueryRunner): Promise<void> {
    // Written out: on SQLite the schema builder would copy the whole table for it.
    const collation = runner.dataSource.options.type === 'postgres' ? ' COLLATE "C"' : '';
    await runner.query(`ALTER TABLE delivery ADD COLUMN user_id varchar${collation}`);
    for (const { table, name, columns, where } of INDEXES) {
      const index = { name: `${table}_${name}`, columnNames: columns, ...(where === undefined ? {} : { where }) };
      await runner.createIndex(table, new TableIndex(index));
    }
  }
}
