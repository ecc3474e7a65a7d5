import type { AdminEvent, AdminEventQuery, AdminEventStore } from '../events/admin-events.js';
import type { AuthEvent, EventQuery, EventStore } from '../events/auth-events.js';
import { isEventType } from '../events/event-types.js';
import type { Realm } from '../realm/realm.js';
import type { EventsConfigBody } from '../representations/events-config-body.js';
import { present } from '../representations/present.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { WEBHOOK_LISTENER } from '../webhooks/webhook-settings.js';
import { administrationErrors } from './administration-errors.js';
import type { RealmEditing } from './realm-editing.js';

/** Listeners that a realm may name: ours, and those of the reference, which do nothing here. */
export const EVENT_LISTENERS: ReadonlySet<string> = new Set([
  'jboss-logging',
  'email',
  'micrometer-user-event-metrics',
  WEBHOOK_LISTENER,
]);

/** Audit and admin events of a realm, and what is kept of them. */
export class EventAdministration {
  constructor(
    private readonly events: EventStore,
    private readonly adminEvents: AdminEventStore,
    private readonly editing: RealmEditing,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async list(realm: Realm, query: EventQuery): Promise<readonly AuthEvent[]> {
    return query.max === 0 ? [] : this.events.list(realm.id, query);
  }

  async clear(realm: Realm): Promise<void> {
    await this.unitOfWork.run(() => this.events.clear(realm.id));
  }

  async listAdmin(realm: Realm, query: AdminEventQuery): Promise<readonly AdminEvent[]> {
    return query.max === 0 ? [] : this.adminEvents.list(realm.id, query);
  }

  async clearAdmin(realm: Realm): Promise<void> {
    await this.unitOfWork.run(() => this.adminEvents.clear(realm.id));
  }

  /** Changes the members that the body gives. @throws InvalidInputError `event_type`, `event_listener` */
  async configure(realmId: string, body: EventsConfigBody): Promise<void> {
    const unknown = body.enabledEventTypes?.find((type) => !isEventType(type));
    if (unknown !== undefined) throw administrationErrors.eventTypeUnknown('enabledEventTypes', unknown);
    if (body.eventsListeners?.some((listener) => !EVENT_LISTENERS.has(listener)))
      throw administrationErrors.eventListenerUnknown();
    await this.editing.change(realmId, (realm) => ({
      ...realm,
      settings: { ...realm.settings, ...present({ ...body }) },
    }));
  }
}
