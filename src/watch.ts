import type { Settings } from './config/settings.js';
import type { PrometheusMetrics } from './infrastructure/metrics/prometheus-metrics.js';
import type { Instruments } from './wiring/instruments.js';

/** What watches a server. */
export interface Watch {
  readonly instruments: Instruments;
  /** Absent: nobody may ask for them, so nothing is counted. */
  readonly metrics?: PrometheusMetrics;
}

/** What the settings ask for; the libraries behind it are loaded only then. */
export async function createWatch({ managementPort }: Pick<Settings, 'managementPort'>): Promise<Watch> {
  if (managementPort === undefined) return { instruments: {} };
  const { PrometheusMetrics } = await import('./infrastructure/metrics/prometheus-metrics.js');
  const metrics = new PrometheusMetrics();
  const { requests, events, hashes, steps, transactions } = metrics;
  return { metrics, instruments: { requests, events, hashes, steps, transactions } };
}
