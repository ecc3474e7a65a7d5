import { ClientStore, type Client, type ClientQuery } from '../../../src/realm/client.js';
import { ConflictError } from '../../../src/shared/errors.js';

export class InMemoryClientStore extends ClientStore {
  private readonly clients = new Map<string, Client>();

  override byId(realmId: string, id: string): Promise<Client | undefined> {
    return Promise.resolve(this.ofRealm(realmId).find((client) => client.id === id));
  }

  override byIdForChange(realmId: string, id: string): Promise<Client | undefined> {
    return this.byId(realmId, id);
  }

  override byClientId(realmId: string, clientId: string): Promise<Client | undefined> {
    return Promise.resolve(this.ofRealm(realmId).find((client) => client.clientId === clientId));
  }

  override byIds(realmId: string, ids: readonly string[]): Promise<readonly Client[]> {
    return Promise.resolve(this.ofRealm(realmId).filter((client) => ids.includes(client.id)));
  }

  override list(realmId: string, query: ClientQuery): Promise<readonly Client[]> {
    const { clientId: sought, search } = query;
    const found = this.ofRealm(realmId)
      .filter(({ clientId }) => sought === undefined || (search ? clientId.includes(sought) : clientId === sought))
      .sort((a, b) => (a.clientId < b.clientId ? -1 : 1));
    const first = query.first ?? 0;
    return Promise.resolve(found.slice(first, first + (query.max ?? found.length)));
  }

  override usingFlow(realmId: string, flowId: string): Promise<readonly Client[]> {
    const uses = ({ flowOverrides }: Client): boolean => Object.values(flowOverrides).includes(flowId);
    return Promise.resolve(this.ofRealm(realmId).filter(uses));
  }

  override withOwnFlows(realmId: string): Promise<readonly Client[]> {
    const own = this.ofRealm(realmId).filter(({ flowOverrides }) => Object.keys(flowOverrides).length > 0);
    return Promise.resolve(own.toSorted((a, b) => (a.clientId < b.clientId ? -1 : 1)));
  }

  override async insert(client: Client): Promise<void> {
    await this.update(client);
  }

  override async update(client: Client): Promise<void> {
    const same = await this.byClientId(client.realmId, client.clientId);
    if (same !== undefined && same.id !== client.id) {
      throw new ConflictError('client_exists', `Client ${client.clientId} already exists`);
    }
    this.clients.set(client.id, client);
  }

  override delete(_realmId: string, id: string): Promise<boolean> {
    return Promise.resolve(this.clients.delete(id));
  }

  private ofRealm(realmId: string): Client[] {
    return [...this.clients.values()].filter((client) => client.realmId === realmId);
  }
}
