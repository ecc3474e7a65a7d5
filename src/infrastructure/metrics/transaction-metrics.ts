import { Histogram, type Registry } from 'prom-client';
import { TransactionObserver } from '../../shared/transaction-observer.js';

/** Bounds in seconds of what the database does. */
const DATABASE = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

export class TransactionMetrics extends TransactionObserver {
  private readonly waits: Histogram;
  private readonly seconds: Histogram;
  private readonly locks: Histogram;

  constructor(registry: Registry) {
    super();
    const histogram = (name: string, help: string, ...labelNames: string[]): Histogram =>
      new Histogram({ name, help, labelNames, buckets: DATABASE, registers: [registry] });
    this.waits = histogram(
      'sluice_transaction_wait_seconds',
      'Time until a transaction had its connection (SQLite: the writer)',
    );
    this.seconds = histogram(
      'sluice_transaction_seconds',
      'Time from the begin of a transaction to its end',
      'outcome',
    );
    this.locks = histogram(
      'sluice_owner_lock_wait_seconds',
      'Time for which a login waited for other logins of its user',
    );
  }

  override async transaction<T>(work: (begun: () => void) => Promise<T>): Promise<T> {
    const asked = performance.now();
    let since = asked;
    let outcome = 'rolled_back';
    try {
      const result = await work(() => {
        since = performance.now();
        this.waits.observe((since - asked) / 1000);
      });
      outcome = 'committed';
      return result;
    } finally {
      this.seconds.observe({ outcome }, (performance.now() - since) / 1000);
    }
  }

  override async ownerLock<T>(work: () => Promise<T>): Promise<T> {
    const asked = performance.now();
    try {
      return await work();
    } finally {
      this.locks.observe((performance.now() - asked) / 1000);
    }
  }
}
