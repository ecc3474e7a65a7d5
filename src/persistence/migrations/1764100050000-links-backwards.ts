import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';
import { widenIndex } from './table-parts.js';

/** Indexes by the second side of a link, each with the first side at its end. */
const INDEXES = [
  { table: 'group_member', name: 'group_member_user', columnNames: ['realm_id', 'user_id', 'group_id'] },
  { table: 'group_role', name: 'group_role_role', columnNames: ['realm_id', 'role_id', 'group_id'] },
  { table: 'role_composite', name: 'role_composite_child', columnNames: ['realm_id', 'child_id', 'role_id'] },
  { table: 'user_role', name: 'user_role_role', columnNames: ['realm_id', 'role_id', 'user_id'] },
];

/**
 * SQLite, which has no statistics here, rather walks through a primary key that has all columns that are asked for than it looks up an index
 * that has not: the groups of a user, which every token asks for, were found among all memberships of the realm.
 *
 * PostgreSQL has statistics, and finds them by the narrow indexes. It keeps these: whoever drops an index there keeps all readers away from
 * its table until the transaction of the migrations ends, and every request for a token reads these tables.
 */
export class LinksBackwards1764100050000 extends ForwardMigration {
  override readonly name = 'LinksBackwards1764100050000';

  override async up(runner: QueryRunner): Promise<void> {
    if (runner.dataSource.options.type === 'postgres') return;
    for (const index of INDEXES) await widenIndex(runner, index);
  }
}
