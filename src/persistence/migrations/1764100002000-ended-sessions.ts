import { TableIndex, type QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';

const ENDED = 'ended_at IS NOT NULL';

/** What the list of recently ended sessions reads: by when they ended, of a realm and of a user; and which clients took part. */
export class EndedSessions1764100002000 extends ForwardMigration {
  override readonly name = 'EndedSessions1764100002000';

  override async up(runner: QueryRunner): Promise<void> {
    // Written out: on SQLite the schema builder would copy the whole table for it.
    const collation = runner.dataSource.options.type === 'postgres' ? ' COLLATE "C"' : '';
    await runner.query(`ALTER TABLE user_session ADD COLUMN end_clients text${collation}`);
    for (const [name, columnNames] of [
      ['ended_of_realm', ['realm_id', 'ended_at', 'id']],
      ['ended_of_user', ['user_id', 'realm_id', 'ended_at', 'id']],
    ] as const) {
      const index = { name: `user_session_${name}`, columnNames: [...columnNames], where: ENDED };
      await runner.createIndex('user_session', new TableIndex(index));
    }
  }
}
