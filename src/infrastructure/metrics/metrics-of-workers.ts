import { AggregatorRegistry, Registry } from 'prom-client';

/** What one process counted, in the form that passes between processes. */
export type CountedMetrics = object[];

export const METRICS_CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/**
 * The metrics of several processes as one text. Counts are added; for the delay of an event loop, and for what all of them read from
 * one database, the metric says how several values become one.
 */
export function metricsOfWorkers(counted: readonly CountedMetrics[]): Promise<string> {
  return AggregatorRegistry.aggregate([...counted]).metrics();
}
