import type { Clock } from '../shared/clock.js';
import { newId } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { AdminEvent, AdminEventStore } from './admin-events.js';

/** What decides whether an admin event of a realm is kept, and how much of it. */
export interface AdministeredRealm {
  readonly id: string;
  readonly adminEventsEnabled: boolean;
  readonly adminEventsDetailsEnabled: boolean;
}

/** Writes admin events, for realms that keep them. */
export class AdminEventRecorder {
  constructor(
    private readonly events: AdminEventStore,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Stores the event when the realm keeps admin events; its representation only when the realm keeps details. */
  async record(realm: AdministeredRealm, event: Omit<AdminEvent, 'id' | 'time' | 'realmId'>): Promise<void> {
    if (!realm.adminEventsEnabled) return;
    const { representation, ...rest } = event;
    const stored: AdminEvent = {
      ...rest,
      ...(representation !== undefined && realm.adminEventsDetailsEnabled && { representation }),
      id: newId(),
      time: this.clock.now(),
      realmId: realm.id,
    };
    await this.unitOfWork.run(() => this.events.append(stored));
  }
}
