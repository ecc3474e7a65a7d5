import { Counter, Histogram, type Registry } from 'prom-client';
import { HashObserver } from '../../realm/hash-observer.js';

/** Bounds in seconds of what stands in line for a processor. */
const LINE = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export class HashMetrics extends HashObserver {
  private readonly waits: Histogram;
  private readonly refusals: Counter;

  constructor(registry: Registry) {
    super();
    const registers = [registry];
    this.waits = new Histogram({
      name: 'sluice_hash_wait_seconds',
      help: 'Time for which a password hash stood in line',
      buckets: LINE,
      registers,
    });
    this.refusals = new Counter({
      name: 'sluice_hash_refusals_total',
      help: 'Password hashes that found the line full',
      registers,
    });
  }

  override async hash<T>(work: (begun: () => void) => Promise<T>): Promise<T> {
    const asked = performance.now();
    const turn = { hasCome: false };
    try {
      return await work(() => {
        turn.hasCome = true;
        this.waits.observe((performance.now() - asked) / 1000);
      });
    } finally {
      if (!turn.hasCome) this.refusals.inc();
    }
  }
}
