import type { DeliveryStore } from '../deliveries/delivery.js';
import type { ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { toDeliveryRepresentation } from '../representations/delivery-representation.js';
import type { JsonObject } from '../shared/json.js';

/** What other servers could not be told yet, or not at all, as administrators see it. */
export class DeliveryAdministration {
  constructor(
    private readonly deliveries: DeliveryStore,
    private readonly clients: ClientStore,
  ) {}

  /** Those that wait and those that were given up, the newest first. What was delivered is gone. */
  async list(realm: Realm, page: { readonly first: number; readonly max: number }): Promise<readonly JsonObject[]> {
    const found = await this.deliveries.list(realm.id, page);
    const ids = [...new Set(found.map(({ receiver }) => receiver))];
    const clients = ids.length === 0 ? [] : await this.clients.byIds(realm.id, ids);
    const names = new Map(clients.map(({ id, clientId }) => [id, clientId]));
    return found.map((delivery) => toDeliveryRepresentation(delivery, names.get(delivery.receiver)));
  }
}
