import { TransactionObserver } from '../../shared/transaction-observer.js';
import type { Spans } from './spans.js';

/** Transactions, with the event `begun` when they have their connection, and the wait for the row of a user. */
export class TransactionSpans extends TransactionObserver {
  constructor(private readonly spans: Spans) {
    super();
  }

  override transaction<T>(work: (begun: () => void) => Promise<T>): Promise<T> {
    return this.spans.within('transaction', {}, (span) => work(() => span.addEvent('begun')));
  }

  override ownerLock<T>(work: () => Promise<T>): Promise<T> {
    return this.spans.within('owner lock', {}, work);
  }
}
