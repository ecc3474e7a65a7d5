// A server of the build with two handles for faults, moved by messages of the process that started it: `stepMs` moves its clock,
// `sparePages` lets SQLite grow by so many pages and no further (null: without bounds again).
import 'reflect-metadata';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const build = (file) => import(pathToFileURL(join(import.meta.dirname, '..', '..', 'dist', 'src', file)).href);
const [{ readSettings }, { createLogger }, { createServer }, { startUp }, { Clock }] = await Promise.all(
  ['config/settings.js', 'infrastructure/logger.js', 'server.js', 'start-up.js', 'shared/clock.js'].map(build),
);
const [{ deliverRegularly }, { Housekeeping }, { SessionStore }] = await Promise.all(
  ['background/deliver-regularly.js', 'background/housekeeping.js', 'sessions/user-session.js'].map(build),
);

const SWEEP_EVERY_MS = 30_000;
/** SQLite's own bound. */
const MOST_PAGES = 4_294_967_294;

class SteppedClock extends Clock {
  offset = 0;

  now() {
    return Date.now() + this.offset;
  }
}

const settings = readSettings(process.env);
const logger = createLogger(settings.logLevel);
const clock = new SteppedClock();
const server = await createServer(settings, logger, clock);
await startUp(server.app, settings, logger);
await server.app.listen(settings.port, settings.host);
logger.info({ url: await server.app.getUrl() }, 'Sluice is ready');
deliverRegularly(server.app, logger);
setInterval(() => {
  server.app
    .get(Housekeeping)
    .sweep()
    .catch((error) => logger.error({ err: error }, 'Housekeeping failed'));
}, SWEEP_EVERY_MS);

/** The bound is one of the connection that writes. */
async function boundPages(spare) {
  const { dataSource } = server.app.get(SessionStore).database;
  const [{ page_count: pages }] = await dataSource.query('PRAGMA page_count');
  await dataSource.query(`PRAGMA max_page_count = ${String(spare === null ? MOST_PAGES : pages + spare)}`);
}

process.on('message', (message) => {
  if ('stepMs' in message) clock.offset += message.stepMs;
  const done = 'sparePages' in message ? boundPages(message.sparePages) : Promise.resolve();
  done.then(
    () => process.send({ done: true }),
    (error) => process.send({ done: false, why: String(error) }),
  );
});
process.on('SIGTERM', () => server.close().finally(() => process.exit(0)));
