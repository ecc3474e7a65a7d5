import type { DeliveryQueue } from '../deliveries/delivery.js';
import type { EventRecorder } from '../events/event-recorder.js';
import type { ClientStore } from '../realm/client.js';
import type { Realm, RealmStore } from '../realm/realm.js';
import { SessionEndObserver, type EndedSession, type EndOrigin } from '../sessions/session-ends.js';
import { logoutDeliveries } from './logout-deliveries.js';
import { endEvent } from './end-event.js';

/** Says that sessions have ended, to those who have to know, in the transaction that ends them. */
export class SessionEndAnnouncements extends SessionEndObserver {
  constructor(
    private readonly realms: RealmStore,
    private readonly clients: ClientStore,
    private readonly recorder: EventRecorder,
    private readonly queue: DeliveryQueue,
  ) {
    super();
  }

  override async ended(sessions: readonly EndedSession[], origin: EndOrigin): Promise<void> {
    for (const [realm, ended] of await this.byRealm(sessions, origin)) {
      for (const each of ended) await this.recorder.record({ ...realm.settings, id: realm.id }, endEvent(each, origin));
      const ids = new Set(ended.flatMap(({ clients }) => clients.map(({ clientId }) => clientId)));
      const clients = ids.size === 0 ? [] : await this.clients.byIds(realm.id, [...ids]);
      await this.queue.enqueue(logoutDeliveries(ended, new Map(clients.map((client) => [client.id, client])), origin));
    }
  }

  private async byRealm(
    sessions: readonly EndedSession[],
    { realm: known }: EndOrigin,
  ): Promise<ReadonlyMap<Realm, readonly EndedSession[]>> {
    const realms = new Map<Realm, readonly EndedSession[]>();
    for (const id of new Set(sessions.map(({ session }) => session.realmId))) {
      const realm = known?.id === id ? known : await this.realms.byId(id);
      const ended = sessions.filter(({ session }) => session.realmId === id);
      if (realm) realms.set(realm, ended);
    }
    return realms;
  }
}
