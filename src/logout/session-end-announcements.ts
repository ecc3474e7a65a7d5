import type { EventRecorder } from '../events/event-recorder.js';
import type { Realm, RealmStore } from '../realm/realm.js';
import { SessionEndObserver, type EndedSession, type EndOrigin } from '../sessions/session-ends.js';
import { endEvent } from './end-event.js';

/** Says that sessions have ended, to those who have to know, in the transaction that ends them. */
export class SessionEndAnnouncements extends SessionEndObserver {
  constructor(
    private readonly realms: RealmStore,
    private readonly recorder: EventRecorder,
  ) {
    super();
  }

  override async ended(sessions: readonly EndedSession[], origin: EndOrigin): Promise<void> {
    for (const [realm, ended] of await this.byRealm(sessions, origin)) {
      for (const each of ended) await this.recorder.record({ ...realm.settings, id: realm.id }, endEvent(each, origin));
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
