import type { AuthEvent } from './auth-events.js';

/** Counts what happens, in realms that keep events and in those that do not. */
export abstract class EventMeter {
  /** Hears of an event when what it reports was committed. Must not take long, and not throw. */
  abstract happened(event: Pick<AuthEvent, 'type' | 'error' | 'details'>): void;
}
