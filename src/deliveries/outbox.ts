import type { Clock } from '../shared/clock.js';
import { newId } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { DeliverySignal } from './delivery-signal.js';
import { DeliveryQueue, type DeliveryStore, type NewDelivery } from './delivery.js';

/** Queues deliveries as rows: they are told of once the transaction has committed, and survive a restart. */
export class Outbox extends DeliveryQueue {
  private queued = 0;

  constructor(
    private readonly store: DeliveryStore,
    private readonly signal: DeliverySignal,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async enqueue(deliveries: readonly NewDelivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    const now = this.clock.now();
    await this.unitOfWork.run(async () => {
      await this.store.insert(
        deliveries.map((delivery) => ({ ...delivery, id: this.nextId(), createdAt: now, dueAt: now, attempts: 0 })),
      );
      this.unitOfWork.afterCommit(() => this.signal.give());
    });
  }

  /** A random id that begins with a running number: what is queued within one millisecond goes out in the order of its ids. */
  private nextId(): string {
    this.queued = (this.queued + 1) % 2 ** 32;
    return this.queued.toString(16).padStart(8, '0') + newId().slice(8);
  }
}
