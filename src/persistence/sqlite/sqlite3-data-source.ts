import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { Sqlite3Driver } from './sqlite3-driver.js';
import { Sqlite3EntityManager } from './sqlite3-entity-manager.js';
import type { Sqlite3DataSourceOptions } from './sqlite3-options.js';

/**
 * A TypeORM data source on the npm package `sqlite3`. Use it wherever a `DataSource` is asked for, TypeORM's command line included.
 *
 * TypeORM chooses its driver by a closed list of type names. This one says it is `better-sqlite3`, the name by which
 * TypeORM knows the SQLite dialect, hands that driver an empty binding that it never calls, and puts its own driver in its place.
 */
export class Sqlite3DataSource extends DataSource {
  declare driver: Sqlite3Driver;

  constructor(options: Sqlite3DataSourceOptions) {
    super({ ...options, type: 'better-sqlite3', driver: NoBinding });
    this.driver = new Sqlite3Driver(this, options);
  }

  /** Managers of this data source detect a transaction that would wait for itself. */
  override createEntityManager(queryRunner?: QueryRunner): EntityManager {
    return new Sqlite3EntityManager(this, queryRunner, (work) => this.driver.pool.asWriter(work));
  }

  /** Lets the running transaction end and closes the database. Destroying twice is fine. */
  override async destroy(): Promise<void> {
    if (this.isInitialized) await super.destroy();
  }
}

// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- TypeORM asks for a binding before our driver says that it has its own
class NoBinding {}
