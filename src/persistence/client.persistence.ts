import { In } from 'typeorm';
import { ClientStore, type Client, type ClientQuery } from '../realm/client.js';
import { byText } from '../shared/by-text.js';
import { ConflictError } from '../shared/errors.js';
import { json, key, nullable, tableOf, varchar } from './columns.js';
import type { Database } from './database.js';
import { containing, jsonTextEquals, Parameters } from './sql.js';
import { Table, type Where } from './table.js';

interface ClientRow {
  readonly realmId: string;
  readonly id: string;
  /** Unique in the realm. */
  readonly clientId: string;
  /** Lower case, for searches: the databases disagree about the case of anything but ASCII. */
  readonly clientIdLower: string;
  readonly browserFlow?: string;
  readonly directGrantFlow?: string;
  readonly document: Omit<Client, 'realmId' | 'id' | 'clientId'>;
}

export const clientTable = tableOf<ClientRow>('client', {
  realmId: key(),
  id: key(),
  clientId: varchar(),
  clientIdLower: varchar(),
  browserFlow: nullable(varchar()),
  directGrantFlow: nullable(varchar()),
  document: json(),
});

/** Clients: found by id, clientId and the flows they override, the rest is one document. */
export class TypeOrmClientStore extends ClientStore {
  private readonly clients: Table<ClientRow>;

  constructor(private readonly database: Database) {
    super();
    this.clients = new Table(
      database,
      clientTable,
      ({ clientId }) => new ConflictError('client_exists', `Client ${clientId} already exists`),
      database.cache,
    );
  }

  override async byId(realmId: string, id: string): Promise<Client | undefined> {
    const row = await this.clients.one({ realmId, id });
    return row && toClient(row);
  }

  override async byIdForChange(realmId: string, id: string): Promise<Client | undefined> {
    await this.clients.hold({ realmId, id });
    return this.byId(realmId, id);
  }

  override async byClientId(realmId: string, clientId: string): Promise<Client | undefined> {
    const row = await this.clients.one({ realmId, clientId });
    return row && toClient(row);
  }

  override byIds(realmId: string, ids: readonly string[]): Promise<readonly Client[]> {
    return this.find({ realmId, id: In(ids) }, {});
  }

  override list(realmId: string, query: ClientQuery): Promise<readonly Client[]> {
    const { clientId, search, attributes } = query;
    if (attributes !== undefined) return this.byAttributes(realmId, attributes, query);
    if (clientId === undefined) return this.find({ realmId }, query);
    return this.find(
      search ? { realmId, clientIdLower: containing(clientId.toLowerCase()) } : { realmId, clientId },
      query,
    );
  }

  override usingFlow(realmId: string, flowId: string): Promise<readonly Client[]> {
    return this.overriding('= $2', [realmId, flowId]);
  }

  override async withOwnFlows(realmId: string): Promise<readonly Client[]> {
    const clients = await this.overriding('IS NOT NULL', [realmId]);
    return clients.toSorted((a, b) => byText(a.clientId, b.clientId));
  }

  override insert(client: Client): Promise<void> {
    return this.clients.insert(toRow(client));
  }

  override async update(client: Client): Promise<void> {
    await this.clients.update({ realmId: client.realmId, id: client.id }, toRow(client));
  }

  /** Roles take their mappings along by foreign keys. */
  override async delete(realmId: string, id: string): Promise<boolean> {
    for (const table of ['client_session', 'client_session_count', 'client_seat', 'role', 'authorization_code']) {
      await this.database.execute(`DELETE FROM ${table} WHERE realm_id = $1 AND client_id = $2`, [realmId, id]);
    }
    return (await this.clients.delete({ realmId, id })) > 0;
  }

  /** Clients whose own flow for either door is so. For an OR of both columns, or without the ALL, SQLite reads all clients. */
  private async overriding(
    flow: string,
    parameters: readonly [realmId: string, flowId?: string],
  ): Promise<readonly Client[]> {
    const [realmId] = parameters;
    const rows = await this.database.select<{ id: string }>(
      `SELECT id FROM client WHERE realm_id = $1 AND browser_flow ${flow}
        UNION ALL SELECT id FROM client WHERE realm_id = $1 AND direct_grant_flow ${flow}`,
      parameters,
    );
    return rows.length === 0 ? [] : this.byIds(realmId, [...new Set(rows.map(({ id }) => id))]);
  }

  private async byAttributes(
    realmId: string,
    attributes: Readonly<Record<string, string>>,
    { first, max }: Pick<ClientQuery, 'first' | 'max'>,
  ): Promise<readonly Client[]> {
    const parameters = new Parameters(realmId);
    const conditions = Object.entries(attributes).map(([name, value]) =>
      jsonTextEquals(this.database, 'document', ['attributes'], name, value, parameters),
    );
    const rows = await this.database.select<{ id: string }>(
      `SELECT id FROM client WHERE ${['realm_id = $1', ...conditions].join(' AND ')}
        ORDER BY client_id${parameters.page(first, max)}`,
      parameters.values,
    );
    if (rows.length === 0) return [];
    return this.byIds(
      realmId,
      rows.map(({ id }) => id),
    );
  }

  private async find(where: Where<ClientRow>, page: Pick<ClientQuery, 'first' | 'max'>): Promise<readonly Client[]> {
    const rows = await this.clients.many(where, { order: { clientId: 'ASC' }, first: page.first, max: page.max });
    return rows.map(toClient);
  }
}

function toRow({ realmId, id, clientId, ...document }: Client): ClientRow {
  const { browser, direct_grant: directGrant } = document.flowOverrides;
  return {
    realmId,
    id,
    clientId,
    clientIdLower: clientId.toLowerCase(),
    ...(browser === undefined ? {} : { browserFlow: browser }),
    ...(directGrant === undefined ? {} : { directGrantFlow: directGrant }),
    document,
  };
}

/** What of a row makes a client. */
export type ClientParts = Pick<ClientRow, 'realmId' | 'id' | 'clientId' | 'document'>;

export const toClient = ({ realmId, id, clientId, document }: ClientParts): Client => ({
  realmId,
  id,
  clientId,
  ...document,
});
