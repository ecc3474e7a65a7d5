import type { DeliveryStore } from '../deliveries/delivery.js';
import type { AdminEventStore } from '../events/admin-events.js';
import type { EventStore } from '../events/auth-events.js';
import { WEBHOOK } from '../webhooks/webhook-listener.js';

/** What the audit and the outbox hold of a user. Sessions, consents and failed logins go with the user's own row. */
export class PersonalTraces {
  constructor(
    private readonly events: EventStore,
    private readonly adminEvents: AdminEventStore,
    private readonly deliveries: DeliveryStore,
  ) {}

  /** Call it before the last sessions end: that they ended stays known, by id and reason, and whoever has to hear of it still does. */
  async forget(realmId: string, userId: string): Promise<void> {
    await this.deliveries.forgetUser(realmId, userId, [WEBHOOK]);
    await this.events.forgetUser(realmId, userId);
    await this.adminEvents.forgetUser(realmId, userId);
  }
}
