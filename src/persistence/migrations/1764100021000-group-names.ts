import { TableIndex, type QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';

/** Groups are found by a part of their name in any case, and listed by name, without reading all of them. */
export class GroupNames1764100021000 extends ForwardMigration {
  override readonly name = 'GroupNames1764100021000';

  override async up(runner: QueryRunner): Promise<void> {
    // Not TypeORM's addColumn: on SQLite that makes the table anew, and its foreign keys would be checked at once from then on.
    const bytes = runner.dataSource.options.type === 'postgres' ? ' COLLATE "C"' : '';
    await runner.query(`ALTER TABLE user_group ADD COLUMN name_lower varchar${bytes}`);
    const groups = (await runner.query('SELECT realm_id, id, name FROM user_group')) as {
      realm_id: string;
      id: string;
      name: string;
    }[];
    for (const { realm_id: realmId, id, name } of groups)
      await runner.query('UPDATE user_group SET name_lower = $1 WHERE realm_id = $2 AND id = $3', [
        name.toLowerCase(),
        realmId,
        id,
      ]);
    await runner.createIndex(
      'user_group',
      new TableIndex({ name: 'user_group_name', columnNames: ['realm_id', 'name', 'id'] }),
    );
  }
}
