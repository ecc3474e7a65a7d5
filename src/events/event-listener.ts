import type { AdminEvent } from './admin-events.js';
import type { AuthEvent } from './auth-events.js';

/** What a listener has to do about an event; done in the transaction that records it. */
export type Announcement = () => Promise<void>;

/** Tells others of what happens in realms that name it in `eventsListeners`, whether or not the realm stores its events (as Keycloak). */
export abstract class EventListener {
  /** How realms name it. */
  abstract readonly id: string;
  /** Undefined when nobody wants this event: then no transaction is opened for it. */
  abstract onEvent(event: AuthEvent): Promise<Announcement | undefined>;
  /** As `onEvent`, of what an administrator did. */
  abstract onAdminEvent(event: AdminEvent): Promise<Announcement | undefined>;
}
