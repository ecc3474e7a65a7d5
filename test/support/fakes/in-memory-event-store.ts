import { EventStore, type AuthEvent, type EventQuery } from '../../../src/events/auth-events.js';

export class InMemoryEventStore extends EventStore {
  private events: AuthEvent[] = [];

  /** Everything stored, oldest first. */
  get all(): readonly AuthEvent[] {
    return this.events;
  }

  override append(event: AuthEvent): Promise<void> {
    this.events.push(event);
    return Promise.resolve();
  }

  override list(realmId: string, query: EventQuery): Promise<readonly AuthEvent[]> {
    const found = this.events.filter((event) => event.realmId === realmId && matches(event, query));
    found.sort((a, b) => (query.direction === 'asc' ? a.time - b.time : b.time - a.time));
    return Promise.resolve(found.slice(query.first, query.first + query.max));
  }

  override clear(realmId: string): Promise<void> {
    this.events = this.events.filter((event) => event.realmId !== realmId);
    return Promise.resolve();
  }

  override forgetUser(realmId: string, userId: string): Promise<void> {
    this.events = this.events.filter((event) => event.realmId !== realmId || event.userId !== userId);
    return Promise.resolve();
  }

  override forgetAddresses(before: number, limit: number): Promise<number> {
    const old = new Set(this.events.filter((event) => event.time < before && event.ipAddress).slice(0, limit));
    this.events = this.events.map((event) => {
      const { ipAddress: _address, ...rest } = event;
      return old.has(event) ? rest : event;
    });
    return Promise.resolve(old.size);
  }

  override expire(realmId: string, before: number, limit: number): Promise<number> {
    const expired = new Set(
      this.events.filter((event) => event.realmId === realmId && event.time < before).slice(0, limit),
    );
    this.events = this.events.filter((event) => !expired.has(event));
    return Promise.resolve(expired.size);
  }
}

function matches(event: AuthEvent, query: EventQuery): boolean {
  return (
    (query.types === undefined || query.types.length === 0 || query.types.includes(event.type)) &&
    (query.clientId === undefined || event.clientId === query.clientId) &&
    (query.userId === undefined || event.userId === query.userId) &&
    (query.ipAddress === undefined || event.ipAddress === query.ipAddress) &&
    (query.error === undefined || event.error === query.error) &&
    (query.from === undefined || event.time >= query.from) &&
    (query.to === undefined || event.time <= query.to)
  );
}
