import 'reflect-metadata';
import {
  Column,
  Entity,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  Table,
  type MigrationInterface,
  type QueryRunner,
} from 'typeorm';
import { Sqlite3DataSource } from '../../src/persistence/sqlite/sqlite3-data-source.js';
import type { SqliteSettings } from '../../src/persistence/sqlite/sqlite3-options.js';

/** A number that callers add to. */
@Entity('counter')
export class Counter {
  @PrimaryColumn('varchar')
  id: string;

  @Column('integer', { default: 0 })
  value: number;
}

/** One column of every type that means the same on SQLite and PostgreSQL. */
@Entity('specimen')
export class Specimen {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id: number;

  @Column('uuid', { unique: true })
  uuid: string;

  @Column('varchar', { length: 255, nullable: true })
  varchar: string | null;

  @Column('text')
  text: string;

  @Column('integer')
  integer: number;

  @Column('smallint')
  smallint: number;

  @Column('bigint')
  bigint: number;

  @Column('boolean', { default: true })
  boolean: boolean;

  @Column('float')
  float: number;

  @Column('double precision')
  double: number;

  @Column('simple-json', { default: '{}' })
  json: object;

  @Column('simple-array')
  array: string[];

  @Column('varchar', { nullable: true })
  counterId: string | null;
}

/** The tables of both entities, through the Table API as the project's migrations do it. */
export class CreateTables1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'counter',
        columns: [
          { name: 'id', type: 'varchar', isPrimary: true },
          { name: 'value', type: 'integer', default: '0' },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'specimen',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'uuid', type: 'varchar', length: '36', isUnique: true },
          { name: 'varchar', type: 'varchar', length: '255', isNullable: true },
          { name: 'text', type: 'text' },
          { name: 'integer', type: 'integer' },
          { name: 'smallint', type: 'smallint' },
          { name: 'bigint', type: 'bigint' },
          { name: 'boolean', type: 'boolean', default: 'true' },
          { name: 'float', type: 'float' },
          { name: 'double', type: 'double precision' },
          { name: 'json', type: 'text', default: "'{}'" },
          { name: 'array', type: 'text' },
          { name: 'counterId', type: 'varchar', isNullable: true },
        ],
        indices: [{ name: 'ix_specimen_counter', columnNames: ['counterId'] }],
        foreignKeys: [
          {
            columnNames: ['counterId'],
            referencedTableName: 'counter',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('specimen');
    await runner.dropTable('counter');
  }
}

/** A data source over the fixture's entities and migration; `initialize` it first. */
export function fixtureDataSource(settings: SqliteSettings): Sqlite3DataSource {
  return new Sqlite3DataSource({ ...settings, entities: [Counter, Specimen], migrations: [CreateTables1700000000000] });
}

/** An open data source with the tables made. */
export async function openFixture(settings: SqliteSettings): Promise<Sqlite3DataSource> {
  const dataSource = await fixtureDataSource(settings).initialize();
  await dataSource.runMigrations();
  return dataSource;
}

/** A valid specimen; give what the test is about. */
export function specimen(given: Partial<Specimen> & { uuid: string }): Partial<Specimen> {
  return { text: '', integer: 0, smallint: 0, bigint: 0, float: 0, double: 0, array: [], ...given };
}
