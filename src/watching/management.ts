import cluster from 'node:cluster';
import type { INestApplicationContext } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { HealthChecks } from './health.js';
import type { PrometheusMetrics } from '../infrastructure/metrics/prometheus-metrics.js';
import { ManagementServer } from '../infrastructure/management-server.js';
import { answerPrimary, type Answers } from '../infrastructure/worker-questions.js';
import { managementPages } from './management-pages.js';
import { DatabaseFigures } from '../persistence/database-figures.js';
import { PasswordHasher } from '../realm/password-hasher.js';
import type { Clock } from '../shared/clock.js';
import { DatabaseHealth } from '../shared/readiness.js';
import type { Watch } from './watch.js';

/** The server that is watched. */
export interface Watched {
  readonly app: INestApplicationContext;
  readonly dataSource: DataSource;
  readonly watch: Watch;
  readonly isServing: () => boolean;
}

/** The way of those who watch to this process. */
export interface Management {
  /** Absent in a worker: its primary process has the port, and asks it. */
  readonly url?: string;
  close(): Promise<void>;
}

/** Opens the port of those who watch, in a worker the ear for its primary process; undefined where the settings name no port. */
export async function openManagement(
  { managementPort, managementHost }: Settings,
  logger: Logger,
  clock: Clock,
  { app, dataSource, watch, isServing }: Watched,
): Promise<Management | undefined> {
  const { metrics } = watch;
  if (managementPort === undefined || !metrics) return undefined;
  const figures = new DatabaseFigures(dataSource);
  readFigures(metrics, figures, app.get(PasswordHasher), clock);
  const database = app.get(DatabaseHealth);
  const health = new HealthChecks({ isServing, isDatabaseAvailable: () => database.isAvailable() }, clock);
  const failed = (error: unknown): void => logger.error({ err: error }, 'A question of those who watch has no answer');
  if (cluster.isWorker) {
    const stop = answerPrimary(workerAnswers(metrics, health), failed);
    return {
      close: () => {
        stop();
        return Promise.resolve();
      },
    };
  }
  return ManagementServer.listen(
    { host: managementHost, port: managementPort },
    managementPages({ contentType: metrics.contentType, text: () => metrics.text() }, health),
    failed,
  );
}

/** What a worker tells of itself. */
const workerAnswers = (metrics: PrometheusMetrics, health: HealthChecks): Answers => ({
  metrics: () => metrics.counted(),
  live: () => health.live(),
  started: () => health.started(),
  ready: () => health.ready(),
});

/** What is read only when somebody asks. */
function readFigures(metrics: PrometheusMetrics, figures: DatabaseFigures, hasher: PasswordHasher, clock: Clock): void {
  metrics.readAtScrape({ sluice_hashes: 'Password hashes that run and that wait for their turn' }, () => {
    const { running, waiting } = hasher.load;
    return { sluice_hashes: readings({ running, waiting }) };
  });
  metrics.readAtScrape(
    {
      sluice_database_connections:
        'Connections that are idle and busy, and how many wait for one (SQLite: for the writer)',
    },
    () => {
      const { total, busy, waiting } = figures.pool();
      return { sluice_database_connections: readings({ idle: total - busy, busy, waiting }) };
    },
  );
  metrics.readAtScrape(
    { sluice_client_sessions: 'Open sessions of applications: a user session counts once for each application' },
    async () => ({ sluice_client_sessions: readings({ ...(await figures.sessions()) }) }),
    'max',
  );
  metrics.readAtScrape(
    {
      sluice_outbox_deliveries: 'Deliveries in the outbox, counted up to 10,000 of a kind',
      sluice_outbox_oldest_seconds: 'Age of the oldest delivery that waits; 0 when none does',
    },
    async () => {
      const { waiting, givenUp, oldestAt } = await figures.outbox();
      const age = oldestAt === undefined ? 0 : Math.max(0, clock.now() - oldestAt) / 1000;
      return {
        sluice_outbox_deliveries: readings({ waiting, given_up: givenUp }),
        sluice_outbox_oldest_seconds: readings({ waiting: age }),
      };
    },
    'max',
  );
}

const readings = (values: Readonly<Record<string, number>>): readonly { state: string; value: number }[] =>
  Object.entries(values).map(([state, value]) => ({ state, value }));
