import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration. There is no way back: an older server would lose what a newer one has stored. */
export abstract class ForwardMigration implements MigrationInterface {
  /** Name of the class, under which the database remembers it. */
  abstract readonly name: string;

  abstract up(runner: QueryRunner): Promise<void>;

  /** @throws Error always */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations cannot be reverted; restore a backup'));
  }
}
