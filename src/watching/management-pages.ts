import type { Health } from './health.js';
import type { ManagementAnswer, ManagementPages } from '../infrastructure/management-server.js';

/** Metrics as a text, and what form it has. */
export interface MetricsText {
  readonly contentType: string;
  text(): Promise<string>;
}

/** How the server is; of one process or of several. */
export interface HealthAnswers {
  live(): Health | Promise<Health>;
  started(): Health | Promise<Health>;
  ready(): Health | Promise<Health>;
}

/** The pages of the management port. */
export function managementPages(metrics: MetricsText, health: HealthAnswers): ManagementPages {
  const ready = async (): Promise<ManagementAnswer> => answerOf(await health.ready());
  return {
    '/metrics': async () => ({ status: 200, type: metrics.contentType, body: await metrics.text() }),
    '/health': ready,
    '/health/ready': ready,
    '/health/live': async () => answerOf(await health.live()),
    '/health/started': async () => answerOf(await health.started()),
  };
}

const answerOf = (health: Health): ManagementAnswer => ({
  status: health.status === 'UP' ? 200 : 503,
  type: 'application/json; charset=UTF-8',
  body: `${JSON.stringify(health)}\n`,
});
