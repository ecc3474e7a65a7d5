// Workers that do nothing but listen, below the real supervisor.
import cluster from 'node:cluster';
import { createServer } from 'node:http';
import { pino } from 'pino';
import { superviseWorkers } from '../../../src/workers/workers.js';

const logger = pino();

if (cluster.isPrimary) {
  const settings = { hashConcurrency: 1, managementHost: '127.0.0.1', managementPort: 0 };
  await superviseWorkers(2, settings, logger);
} else {
  const server = createServer((_, response) => response.end());
  server.listen(0, '127.0.0.1', () => logger.info({ url: 'http://127.0.0.1', worker: process.pid }, 'Sluice is ready'));
}
