import type { Json } from '../shared/json.js';
import type { OutboundRequest } from '../shared/outbound.js';

/** Something another server has to be told, kept until it was told or given up. Times are milliseconds. */
export interface Delivery {
  readonly id: string;
  readonly realmId: string;
  /** Names the `DeliveryComposer` that makes the request. */
  readonly kind: string;
  /** Deliveries to one receiver share it (for example a client's id): a dead receiver delays only its own. */
  readonly receiver: string;
  /** What the composer needs; no secrets and no signed tokens, which are made when it is sent. */
  readonly payload: Json;
  readonly createdAt: number;
  /** Not sent before. */
  readonly dueAt: number;
  /** How often it was tried. */
  readonly attempts: number;
  readonly lastError?: string;
  /** Set when it was given up; such a row is shown to administrators until it is swept. */
  readonly failedAt?: number;
}

/** What is to be told; the rest is filled in when it is queued. */
export type NewDelivery = Pick<Delivery, 'realmId' | 'kind' | 'receiver' | 'payload'>;

/** Queues deliveries. Joins the running unit of work: a delivery is due exactly when what it reports was committed. */
export abstract class DeliveryQueue {
  abstract enqueue(deliveries: readonly NewDelivery[]): Promise<void>;
}

/** Makes the request of one kind of delivery at the moment it is sent (tokens in it are short-lived). */
export interface DeliveryComposer {
  readonly kind: string;
  /** Undefined when there is nobody to tell any more (the client was removed or has no such address now). */
  compose(delivery: Delivery): Promise<OutboundRequest | undefined>;
}
