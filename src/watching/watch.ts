import type { Logger } from 'pino';
import type { Settings } from '../config/settings.js';
import type { TracesProtocol } from '../config/traces-settings.js';
import type { PrometheusMetrics } from '../infrastructure/metrics/prometheus-metrics.js';
import type { Traces } from '../infrastructure/traces/traces.js';
import type { Instruments } from '../wiring/instruments.js';

/** What watches a server. */
export interface Watch {
  readonly instruments: Instruments;
  /** Absent: nobody may ask for them, so nothing is counted. */
  readonly metrics?: PrometheusMetrics;
  /** Tells what is still to be told. */
  close(): Promise<void>;
}

/**
 * What the settings ask for; the libraries behind it are loaded only then.
 * @param protocol how traces leave the server; undefined: there are none
 */
export async function createWatch(
  { managementPort }: Pick<Settings, 'managementPort'>,
  protocol: TracesProtocol | undefined,
  logger: Logger,
): Promise<Watch> {
  const metrics = managementPort === undefined ? undefined : await openMetrics();
  const traces = protocol && (await openTraces(protocol, logger));
  return {
    instruments: await instrumentsOf(metrics, traces),
    ...(metrics && { metrics }),
    close: async () => traces?.close(),
  };
}

async function openMetrics(): Promise<PrometheusMetrics> {
  const { PrometheusMetrics } = await import('../infrastructure/metrics/prometheus-metrics.js');
  return new PrometheusMetrics();
}

async function openTraces(protocol: TracesProtocol, logger: Logger): Promise<Traces> {
  const { Traces } = await import('../infrastructure/traces/traces.js');
  return Traces.open(protocol, {
    lost: (error) => logger.warn({ err: error }, 'Traces are lost: they cannot be sent'),
    arriving: () => logger.info('Traces are sent again'),
  });
}

async function instrumentsOf(metrics: PrometheusMetrics | undefined, traces: Traces | undefined): Promise<Instruments> {
  if (!metrics && !traces) return {};
  const { hashObservers, stepObservers, transactionObservers } =
    await import('../infrastructure/observers-together.js');
  return {
    requestMeter: metrics?.requests,
    events: metrics?.events,
    requests: traces?.requests,
    deliveries: traces?.deliveries,
    outbound: traces?.outbound,
    hashes: hashObservers(traces?.hashes, metrics?.hashes),
    steps: stepObservers(traces?.steps, metrics?.steps),
    transactions: transactionObservers(traces?.transactions, metrics?.transactions),
  };
}
