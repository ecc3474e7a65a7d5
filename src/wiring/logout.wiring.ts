import { DeliveryQueue } from '../deliveries/delivery.js';
import { EventRecorder } from '../events/event-recorder.js';
import { SessionEndAnnouncements } from '../logout/session-end-announcements.js';
import { ClientStore } from '../realm/client.js';
import { RealmStore } from '../realm/realm.js';
import { SessionEndObserver, SessionEnds } from '../sessions/session-ends.js';
import { SessionStore } from '../sessions/user-session.js';
import type { Provider } from '@nestjs/common';
import { make, wire } from './wire.js';

/** How sessions end, and who is told. */
export const logout: Provider[] = [
  make(
    SessionEndObserver,
    [RealmStore, ClientStore, EventRecorder, DeliveryQueue],
    (realms, clients, recorder, queue) => new SessionEndAnnouncements(realms, clients, recorder, queue),
  ),
  wire(SessionEnds, [SessionStore, SessionEndObserver]),
];
