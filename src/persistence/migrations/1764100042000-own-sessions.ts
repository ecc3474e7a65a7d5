import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';
import { widenIndex } from './table-parts.js';

const INDEXES = [
  // All that says whether a session is over, and the order in which they are evicted. SQLite looks at `ended_at` of each row, though the
  // index has none but open ones: in the row itself, unless the index has the column.
  {
    table: 'user_session',
    name: 'user_session_open',
    columnNames: ['user_id', 'realm_id', 'offline', 'last_access', 'started_at', 'id', 'remember_me', 'ended_at'],
    where: 'ended_at IS NULL',
  },
  // Without the times: on PostgreSQL a refresh writes no index of this table.
  {
    table: 'client_session',
    name: 'client_session_user',
    columnNames: ['realm_id', 'user_id', 'client_id', 'offline', 'session_id'],
  },
];

/** A login counts its user's sessions by an index alone, however many there are. */
export class OwnSessions1764100042000 extends ForwardMigration {
  override readonly name = 'OwnSessions1764100042000';

  override async up(runner: QueryRunner): Promise<void> {
    for (const index of INDEXES) await widenIndex(runner, index);
  }
}
