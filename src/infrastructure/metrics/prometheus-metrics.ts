import { collectDefaultMetrics, Registry } from 'prom-client';
import { EventMetrics } from './event-metrics.js';
import { HashMetrics } from './hash-metrics.js';
import { RequestMetrics } from './request-metrics.js';
import type { CountedMetrics } from './metrics-of-workers.js';
import { readAtScrape, type Readings, type Together } from './scrape-gauges.js';
import { StepMetrics } from './step-metrics.js';
import { TransactionMetrics } from './transaction-metrics.js';

/**
 * Everything that is counted, in the text format of Prometheus. Metrics of the process and of Node.js have the names that prom-client
 * gives them, all others begin with `sluice_`.
 */
export class PrometheusMetrics {
  private readonly registry = new Registry();
  readonly requests = new RequestMetrics(this.registry);
  readonly events = new EventMetrics(this.registry);
  readonly hashes = new HashMetrics(this.registry);
  readonly steps = new StepMetrics(this.registry);
  readonly transactions = new TransactionMetrics(this.registry);

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** Adds gauges that are read when somebody asks. */
  readAtScrape<Name extends string>(
    gauges: Readonly<Record<Name, string>>,
    read: () => Promise<Readings<Name>> | Readings<Name>,
    together?: Together,
  ): void {
    readAtScrape(this.registry, gauges, read, together);
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  /** For the process that puts those of several together. */
  counted(): Promise<CountedMetrics> {
    return this.registry.getMetricsAsJSON();
  }
}
