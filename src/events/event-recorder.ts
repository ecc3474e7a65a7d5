import { TYPES_KEPT_BY_DEFAULT } from './event-types.js';
import type { Clock } from '../shared/clock.js';
import { newId } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { AuthEvent, EventStore, EventType } from './auth-events.js';
import type { EventListener } from './event-listener.js';
import type { EventMeter } from './event-meter.js';

/** What decides whether an event of a realm is kept, and who is told. */
export interface AuditedRealm {
  readonly id: string;
  readonly eventsEnabled: boolean;
  /** Types to keep; empty = `TYPES_KEPT_BY_DEFAULT`. */
  readonly enabledEventTypes: readonly string[];
  readonly eventsListeners: readonly string[];
}

/** Characters of a detail that are kept: anybody may send a user name of any length. */
const DETAIL_LIMIT = 2550;
/** Characters that are kept of the name of a client: anybody may claim any. */
const CLIENT_ID_LIMIT = 255;

/** Writes audit events for realms that keep them, and tells the listener of realms that name it. The meter hears of all. */
export class EventRecorder {
  constructor(
    private readonly events: EventStore,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly listener?: EventListener,
    private readonly meter?: EventMeter,
  ) {}

  /**
   * Stores the event when the realm keeps events of its type. Joins the running unit of work, so that the event stands
   * or falls with what it reports; opens one when none runs. What the listener queues stands or falls with it too.
   */
  async record(realm: AuditedRealm, event: Omit<AuthEvent, 'id' | 'time' | 'realmId'>): Promise<void> {
    const { meter } = this;
    if (meter) this.unitOfWork.afterCommit(() => meter.happened(event));
    const kept = keeps(realm, event.type);
    const listener = this.listener && realm.eventsListeners.includes(this.listener.id) ? this.listener : undefined;
    if (!kept && !listener) return;
    const details = Object.fromEntries(
      Object.entries(event.details).map(([name, text]) => [name, text.slice(0, DETAIL_LIMIT)]),
    );
    const client = event.clientId === undefined ? {} : { clientId: event.clientId.slice(0, CLIENT_ID_LIMIT) };
    const about = { id: newId(), time: this.clock.now(), realmId: realm.id };
    const recorded: AuthEvent = { ...event, ...client, ...about, details };
    const announce = await listener?.onEvent(recorded);
    if (!kept && !announce) return;
    await this.unitOfWork.run(async () => {
      if (kept) await this.events.append(recorded);
      await announce?.();
    });
  }
}

function keeps(realm: AuditedRealm, type: EventType): boolean {
  if (!realm.eventsEnabled) return false;
  return (realm.enabledEventTypes.length > 0 ? realm.enabledEventTypes : TYPES_KEPT_BY_DEFAULT).includes(type);
}
