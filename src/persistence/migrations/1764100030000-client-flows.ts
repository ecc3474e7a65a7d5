import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

/** The few clients that name a flow of their own: every edit of a flow asks for them. */
export class ClientFlows1764100030000 implements MigrationInterface {
  readonly name = 'ClientFlows1764100030000';

  async up(runner: QueryRunner): Promise<void> {
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

  /** Forward only, as all migrations. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations cannot be reverted; restore a backup'));
  }
}
