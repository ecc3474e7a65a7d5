import { Pool, type PoolClient } from 'pg';
import {
  ADD,
  addUnderCap,
  IS_OPEN,
  PAGE,
  sessionOf,
  TOUCH,
  valuesOf,
  type FloorSession,
  type FloorStore,
  type Row,
} from './floor-store.js';

/** A pool as large as the server's, with statements that the database keeps prepared; durability as delivered. */
export class PostgresFloorStore implements FloorStore {
  private readonly pool: Pool;
  private readonly names = new Map<string, string>();

  constructor(url: string) {
    this.pool = new Pool({ connectionString: url, max: 10 });
  }

  async add(session: FloorSession): Promise<boolean> {
    return (await this.run(ADD, valuesOf(session))).length === 1;
  }

  async addWithin(cap: number, session: FloorSession): Promise<boolean> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const added = await addUnderCap((sql, values) => this.run(sql, values, client), cap, session);
      await client.query('COMMIT');
      client.release();
      return added;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  async isOpen(id: string): Promise<boolean> {
    return (await this.run(IS_OPEN, [id])).length === 1;
  }

  async touch(id: string, at: number): Promise<boolean> {
    return (await this.run(TOUCH, [at, id])).length === 1;
  }

  async page(clientId: string, max: number): Promise<readonly FloorSession[]> {
    return (await this.run(PAGE, [clientId, max])).map(sessionOf);
  }

  async exec(script: string): Promise<void> {
    await this.pool.query(script);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async run(
    sql: string,
    values: readonly (string | number)[],
    on: Pool | PoolClient = this.pool,
  ): Promise<readonly Row[]> {
    return (await on.query<Row>({ name: this.nameOf(sql), text: sql, values: [...values] })).rows;
  }

  /** Under a name, each connection prepares a statement once. */
  private nameOf(sql: string): string {
    const name = this.names.get(sql) ?? `floor_${this.names.size}`;
    this.names.set(sql, name);
    return name;
  }
}
