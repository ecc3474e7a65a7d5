import type { Delivery } from './delivery.js';

/** Watches deliveries, for traces. It changes nothing: it gives what the work gives and throws what it throws. */
export abstract class DeliveryObserver {
  /** One attempt, from the making of its request to what was written down of it. */
  abstract attempt(delivery: Pick<Delivery, 'kind' | 'attempts'>, work: () => Promise<void>): Promise<void>;
}
