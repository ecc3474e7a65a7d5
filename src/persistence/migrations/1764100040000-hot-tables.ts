import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';

/**
 * How full PostgreSQL packs the pages of a table whose rows change in place. An update that touches no indexed column then finds room on
 * the row's own page, and no index is written (HOT).
 */
const FILL = {
  // Its version rises with every login.
  session_owner: 70,
  // Last use and rotation of refresh tokens.
  client_session: 80,
  // The last use is in an index here: an update is none of the above, and still cheaper on the same page.
  user_session: 90,
  // A new state with every accepted step.
  pending_login: 70,
  login_failure: 80,
} as const;

/**
 * PostgreSQL cleans a table up when a fifth of it has changed: of ten million sessions that is two million dead rows, and everything in
 * between reads past them. These are cleaned up after a fiftieth.
 */
const EARLY = [
  'session_owner',
  'client_session',
  'user_session',
  'pending_login',
  'login_failure',
  'authorization_code',
  'revoked_token',
  'single_use',
  'pushed_request',
  'delivery',
] as const;

/** PostgreSQL only: room for changes in the hot tables, and cleaning up that keeps pace. Takes no lock that a login waits for. */
export class HotTables1764100040000 extends ForwardMigration {
  override readonly name = 'HotTables1764100040000';

  override async up(runner: QueryRunner): Promise<void> {
    if (runner.dataSource.options.type !== 'postgres') return;
    for (const [table, percent] of Object.entries(FILL))
      await runner.query(`ALTER TABLE ${table} SET (fillfactor = ${percent})`);
    for (const table of EARLY)
      await runner.query(
        `ALTER TABLE ${table} SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05)`,
      );
    // Small, and every one of its rows is deleted soon: what counts is their number.
    await runner.query(
      'ALTER TABLE client_session_count SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)',
    );
  }
}
