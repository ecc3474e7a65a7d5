import { TableIndex, type QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';

/** The few clients that name a flow of their own: every edit of a flow asks for them. */
export class ClientFlows1764100030000 extends ForwardMigration {
  override readonly name = 'ClientFlows1764100030000';

  override async up(runner: QueryRunner): Promise<void> {
    for (const column of ['browser_flow', 'direct_grant_flow'])
      await runner.createIndex(
        'client',
        new TableIndex({
          name: `client_${column}`,
          columnNames: ['realm_id', column],
          where: `${column} IS NOT NULL`,
        }),
      );
  }
}
