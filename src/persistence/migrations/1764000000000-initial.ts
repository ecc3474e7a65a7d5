import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';
import { createFlowTables } from './initial/flow-tables.js';
import { createRealmTables } from './initial/realm-tables.js';
import { createSessionTables } from './initial/session-tables.js';
import { createUserTables } from './initial/user-tables.js';

/**
 * All tables. Every key begins with `realm_id`, except that of the realm: rows of a realm lie together, and a distributed
 * PostgreSQL can be partitioned by it.
 */
export class Initial1764000000000 extends ForwardMigration {
  override readonly name = 'Initial1764000000000';

  override async up(runner: QueryRunner): Promise<void> {
    await createRealmTables(runner);
    await createUserTables(runner);
    await createFlowTables(runner);
    await createSessionTables(runner);
  }
}
