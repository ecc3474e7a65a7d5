import type { StepObserver } from '../engine/index.js';
import type { EventMeter } from '../events/event-meter.js';
import type { RequestMeter } from '../http/request-meter.js';
import type { HashMeter } from '../realm/hash-meter.js';
import type { TransactionObserver } from '../shared/transaction-observer.js';

/** Who counts and watches. What is absent costs nothing. */
export interface Instruments {
  readonly requests?: RequestMeter | undefined;
  readonly events?: EventMeter | undefined;
  readonly hashes?: HashMeter | undefined;
  readonly steps?: StepObserver | undefined;
  readonly transactions?: TransactionObserver | undefined;
}
