import type { AdminPushes, PushResult } from '../logout/admin-pushes.js';
import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { isNodeHost, withNode, withoutNode } from '../realm/registered-nodes.js';
import type { Clock } from '../shared/clock.js';
import { administrationErrors } from './administration-errors.js';
import type { ClientAdministration } from './client-administration.js';

/** What administrators have applications told at their admin URLs, and the nodes at which a clustered one is found. */
export class PushAdministration {
  constructor(
    private readonly clients: ClientAdministration,
    private readonly clientStore: ClientStore,
    private readonly pushes: AdminPushes,
    private readonly clock: Clock,
  ) {}

  /** Tells every application the not-before of the realm. Nothing is stamped. */
  async revocationOfRealm(realm: Realm): Promise<PushResult> {
    const { notBefore } = realm.settings;
    const clients = await this.clientStore.list(realm.id, {});
    return this.pushes.push(realm, clients, () => ({ action: 'PUSH_NOT_BEFORE', notBefore }));
  }

  /** Tells one application its own not-before. @throws NotFoundError `client_unknown` */
  async revocationOfClient(realm: Realm, id: string): Promise<PushResult> {
    const client = await this.clients.get(realm, id);
    return this.pushes.push(realm, [client], ({ notBefore }) => ({ action: 'PUSH_NOT_BEFORE', notBefore }));
  }

  /** Asks each node of an application whether it is there. @throws NotFoundError `client_unknown` */
  async testNodes(realm: Realm, id: string): Promise<PushResult> {
    const client = await this.clients.get(realm, id);
    return this.pushes.push(realm, [client], () => ({ action: 'TEST_AVAILABILITY' }));
  }

  /** @throws NotFoundError `client_unknown` @throws InvalidInputError `node_missing`, `node_host` */
  async addNode(realm: Realm, id: string, node: string | undefined): Promise<void> {
    if (!node) throw administrationErrors.nodeMissing();
    if (!isNodeHost(node)) throw administrationErrors.nodeHost();
    await this.clients.change(realm, id, (client) => withNode(client, node, this.clock.seconds()));
  }

  /** @throws NotFoundError `client_unknown`, `node_unknown` */
  async removeNode(realm: Realm, id: string, node: string): Promise<void> {
    await this.clients.change(realm, id, (client): Client => {
      const changed = withoutNode(client, node);
      if (!changed) throw administrationErrors.nodeUnknown();
      return changed;
    });
  }
}
