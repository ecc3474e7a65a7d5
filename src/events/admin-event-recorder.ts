import type { Clock } from '../shared/clock.js';
import { newId } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { AdminEvent, AdminEventStore } from './admin-events.js';
import type { EventListener } from './event-listener.js';

/** What decides whether an admin event of a realm is kept, how much of it, and who is told. */
export interface AdministeredRealm {
  readonly id: string;
  readonly adminEventsEnabled: boolean;
  readonly adminEventsDetailsEnabled: boolean;
  readonly eventsListeners: readonly string[];
}

/** Writes admin events for realms that keep them, and tells the listener of realms that name it. */
export class AdminEventRecorder {
  constructor(
    private readonly events: AdminEventStore,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly listener?: EventListener,
  ) {}

  /** Stores the event when the realm keeps admin events; its representation only when the realm keeps details. */
  async record(realm: AdministeredRealm, event: Omit<AdminEvent, 'id' | 'time' | 'realmId'>): Promise<void> {
    const kept = realm.adminEventsEnabled;
    const listener = this.listener && realm.eventsListeners.includes(this.listener.id) ? this.listener : undefined;
    if (!kept && !listener) return;
    const { representation, ...rest } = event;
    const recorded: AdminEvent = {
      ...rest,
      ...(representation !== undefined && realm.adminEventsDetailsEnabled && { representation }),
      id: newId(),
      time: this.clock.now(),
      realmId: realm.id,
    };
    const announce = await listener?.onAdminEvent(recorded);
    if (!kept && !announce) return;
    await this.unitOfWork.run(async () => {
      if (kept) await this.events.append(recorded);
      await announce?.();
    });
  }
}
