import { DeliveryStore, type Delivery, type PutOff } from '../../../src/deliveries/delivery.js';

interface Held {
  readonly delivery: Delivery;
  readonly heldUntil: number;
}

export class InMemoryDeliveryStore extends DeliveryStore {
  private held: readonly Held[] = [];

  /** Everything in the outbox, in the order it was queued. */
  get all(): readonly Delivery[] {
    return this.held.map(({ delivery }) => delivery);
  }

  override insert(deliveries: readonly Delivery[]): Promise<void> {
    this.held = [...this.held, ...deliveries.map((delivery) => ({ delivery, heldUntil: 0 }))].sort((a, b) =>
      byAge(a.delivery, b.delivery),
    );
    return Promise.resolve();
  }

  override next(now: number, limit: number): Promise<readonly Delivery[]> {
    const first = new Map<string, Delivery>();
    const closed = new Set<string>();
    for (const { delivery, heldUntil } of this.held) {
      if (delivery.failedAt !== undefined) continue;
      const lane = laneOf(delivery);
      if (heldUntil > now) closed.add(lane);
      if (delivery.dueAt <= now && !first.has(lane)) first.set(lane, delivery);
    }
    const open = [...first].filter(([lane]) => !closed.has(lane)).map(([, delivery]) => delivery);
    const tried = ({ attempts }: Delivery): number => Math.min(attempts, 1);
    open.sort((a, b) => tried(a) - tried(b) || a.dueAt - b.dueAt || byId(a, b));
    return Promise.resolve(open.slice(0, limit));
  }

  override claim(delivery: Delivery, now: number, heldUntil: number): Promise<Delivery | undefined> {
    const claimed = { ...delivery, attempts: delivery.attempts + 1 };
    const free = ({ heldUntil: until }: Held): boolean => until <= now;
    return Promise.resolve(this.change(delivery, () => ({ delivery: claimed, heldUntil }), free) ? claimed : undefined);
  }

  override remove({ realmId, id, attempts }: Delivery): Promise<void> {
    this.held = this.held.filter(
      ({ delivery: one }) => one.realmId !== realmId || one.id !== id || one.attempts !== attempts,
    );
    return Promise.resolve();
  }

  override putOff(claimed: Delivery, { dueAt, heldUntil, error }: PutOff): Promise<void> {
    this.change(claimed, ({ delivery }) => ({ delivery: { ...delivery, dueAt, lastError: error }, heldUntil }));
    return Promise.resolve();
  }

  override giveUp(claimed: Delivery, at: number, error: string): Promise<void> {
    this.change(claimed, ({ delivery }) => ({
      delivery: { ...delivery, failedAt: at, lastError: error },
      heldUntil: 0,
    }));
    return Promise.resolve();
  }

  override giveUpOld(before: number, now: number, error: string, limit: number): Promise<number> {
    const old = this.held.filter(({ delivery: one }) => one.failedAt === undefined && one.createdAt < before);
    for (const { delivery } of old.slice(0, limit)) {
      this.change(delivery, (one) => ({ ...one, delivery: { lastError: error, ...delivery, failedAt: now } }));
    }
    return Promise.resolve(Math.min(old.length, limit));
  }

  override expire(before: number, limit: number): Promise<number> {
    const over = this.held.filter(({ delivery }) => (delivery.failedAt ?? before) < before).slice(0, limit);
    this.held = this.held.filter((one) => !over.includes(one));
    return Promise.resolve(over.length);
  }

  override forgetUser(realmId: string, userId: string, kinds: readonly string[]): Promise<void> {
    this.held = this.held.filter(
      ({ delivery: one }) =>
        one.realmId !== realmId || one.userId !== userId || (one.failedAt === undefined && !kinds.includes(one.kind)),
    );
    return Promise.resolve();
  }

  override list(realmId: string, { first, max }: { first: number; max: number }): Promise<readonly Delivery[]> {
    const found = this.all.filter((delivery) => delivery.realmId === realmId).reverse();
    return Promise.resolve(found.slice(first, first + max));
  }

  /** Changes the row of that claim, unless it was given up. */
  private change(claim: Delivery, how: (one: Held) => Held, fits: (one: Held) => boolean = () => true): boolean {
    const found = this.held.find(
      (one) =>
        one.delivery.realmId === claim.realmId &&
        one.delivery.id === claim.id &&
        one.delivery.attempts === claim.attempts &&
        one.delivery.failedAt === undefined &&
        fits(one),
    );
    if (!found) return false;
    this.held = this.held.map((one) => (one === found ? how(one) : one));
    return true;
  }
}

const laneOf = ({ realmId, receiver }: Delivery): string => JSON.stringify([realmId, receiver]);
const byId = (a: Delivery, b: Delivery): number => (a.id < b.id ? -1 : 1);
const byAge = (a: Delivery, b: Delivery): number => a.createdAt - b.createdAt || byId(a, b);
