import type { DeliveryObserver } from '../deliveries/delivery-observer.js';
import type { StepObserver } from '../engine/index.js';
import type { EventMeter } from '../events/event-meter.js';
import type { RequestMeter } from '../http/request-meter.js';
import type { RequestObserver } from '../http/request-observer.js';
import type { HashObserver } from '../realm/hash-observer.js';
import type { Outbound } from '../shared/outbound.js';
import type { TransactionObserver } from '../shared/transaction-observer.js';

/** Who counts and watches. What is absent costs nothing. */
export interface Instruments {
  readonly requestMeter?: RequestMeter | undefined;
  readonly requests?: RequestObserver | undefined;
  readonly events?: EventMeter | undefined;
  readonly hashes?: HashObserver | undefined;
  readonly steps?: StepObserver | undefined;
  readonly transactions?: TransactionObserver | undefined;
  readonly deliveries?: DeliveryObserver | undefined;
  /** Stands around the way to other servers. */
  readonly outbound?: ((outbound: Outbound) => Outbound) | undefined;
}
