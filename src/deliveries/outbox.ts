import type { Clock } from '../shared/clock.js';
import { newId } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { DeliverySignal } from './delivery-signal.js';
import { DeliveryQueue, type DeliveryStore, type NewDelivery } from './delivery.js';

/** Queues deliveries as rows: they are told of once the transaction has committed, and survive a restart. */
export class Outbox extends DeliveryQueue {
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
        deliveries.map((delivery) => ({ ...delivery, id: newId(), createdAt: now, dueAt: now, attempts: 0 })),
      );
      this.unitOfWork.afterCommit(() => this.signal.give());
    });
  }
}
