import type { Logger } from 'pino';
import type { Settings } from '../config/settings.js';
import { ManagementServer } from '../infrastructure/management-server.js';
import { askWorkers } from '../infrastructure/worker-questions.js';
import type { CountedMetrics } from '../infrastructure/metrics/metrics-of-workers.js';
import { managementPages } from '../watching/management-pages.js';
import { WorkerHealth, type Workers } from './worker-health.js';

/**
 * Opens, in the process that watches over workers, the port of those who watch; undefined where the settings name none.
 * @throws AppError `address_unusable` when the address cannot be had
 */
export async function openWorkerManagement(
  { managementHost, managementPort }: Pick<Settings, 'managementHost' | 'managementPort'>,
  workers: Workers,
  logger: Logger,
): Promise<ManagementServer | undefined> {
  if (managementPort === undefined) return undefined;
  const { METRICS_CONTENT_TYPE, metricsOfWorkers } = await import('../infrastructure/metrics/metrics-of-workers.js');
  const text = async (): Promise<string> => {
    const answers = await askWorkers<CountedMetrics>(workers.listening(), 'metrics');
    return metricsOfWorkers(answers.flatMap(({ value }) => (value === undefined ? [] : [value])));
  };
  return ManagementServer.listen(
    { host: managementHost, port: managementPort },
    managementPages({ contentType: METRICS_CONTENT_TYPE, text }, new WorkerHealth(workers)),
    (error) => logger.error({ err: error }, 'A question of those who watch has no answer'),
  );
}
