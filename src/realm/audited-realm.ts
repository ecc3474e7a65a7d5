import type { AuditedRealm } from '../events/event-recorder.js';
import type { Realm } from './realm.js';

/** What the event recorder needs to know of a realm. */
export function auditedRealm({ id, settings }: Realm): AuditedRealm {
  return { id, eventsEnabled: settings.eventsEnabled, enabledEventTypes: settings.enabledEventTypes };
}
