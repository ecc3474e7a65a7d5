import 'reflect-metadata';
import { setTimeout } from 'node:timers/promises';
import cookie from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { answerAdminPreflights } from './admin/admin-preflights.js';
import { AppModule } from './app.module.js';
import { isLoopback } from './config/network-settings.js';
import type { Settings } from './config/settings.js';
import { readTracesSettings } from './config/traces-settings.js';
import type { Ground } from './wiring/ground.js';
import { endConnectionsOnClose } from './http/draining.js';
import { refuseOverload } from './http/overload.js';
import { measureRequests } from './http/request-meter.js';
import { observeRequests } from './http/request-observer.js';
import { belowRelativePath } from './http/relative-path.js';
import { keepFilesForms, keepJsonText, readSmallForms } from './http/parsers.js';
import { FrameworkLogger } from './infrastructure/logger.js';
import { readTlsFiles } from './infrastructure/tls-files.js';
import { openGround } from './ground/open-ground.js';
import { openManagement } from './watching/management.js';
import { createWatch } from './watching/watch.js';
import { MailQueue } from './mail/mail-queue.js';
import { Readiness } from './shared/readiness.js';
import { PublicUrl } from './http/public-url.js';
import { RealmParam } from './http/realm-param.js';
import { type Clock, SystemClock } from './shared/clock.js';
import { openConsoleEntrances } from './web/consoles/console-entrances.js';
import { ConsolePage } from './web/consoles/console-page.js';
import { RateLimit } from './shared/rate-limit.js';

const BODY_LIMIT = 4 * 1024 * 1024;
/** Milliseconds for a request to arrive as a whole: who sends it byte by byte must not keep connections and memory. */
const REQUEST_MS = 60_000;
/** How long mails that wait may hold up the end of the server. */
const MAILS_MS = 2_000;

/** A server that has been put together and not yet listens. */
export interface Server {
  readonly app: NestFastifyApplication;
  /** Where metrics and health details are, when settings ask for them. */
  readonly managementUrl?: string | undefined;
  /** Is not ready any more, and goes on answering for so long (milliseconds): load balancers notice meanwhile. */
  retire(ms: number): Promise<void>;
  /** Ends every connection at once; what a request has not written by then is not written. */
  cutOff(): void;
  /**
   * Stops taking requests, finishes those under way, closes the database. Calling it twice is fine.
   * @param jobs what else has to end before the database may be closed
   */
  close(jobs?: Promise<unknown>): Promise<void>;
}

/**
 * Opens the database, checks the flow files and puts the server together.
 * @throws AppError with a sentence for the operator when something stops the start
 */
export async function createServer(
  settings: Settings,
  logger: Logger,
  clock: Clock = new SystemClock(),
): Promise<Server> {
  const watch = await createWatch(settings, readTracesSettings(), logger);
  const open = await openGround(settings, logger, clock, watch);
  const { ground } = open;
  try {
    const app = await createApplication(ground);
    let closing: Promise<void> | undefined;
    const isServing = (): boolean => app.getHttpServer().listening && !app.get(Readiness).isStopping;
    const management = await openManagement(settings, logger, clock, {
      app,
      isServing,
      watch,
      dataSource: open.dataSource,
    });
    const close = async (jobs: Promise<unknown> | undefined): Promise<void> => {
      await Promise.all([app.close(), jobs]);
      // What mails have to tell is written before the database closes.
      await Promise.race([app.get(MailQueue).idle(), setTimeout(MAILS_MS, undefined, { ref: false })]);
      await management?.close();
      await open.close();
      await watch.close();
    };
    const cutOff = (): void => app.getHttpServer().closeAllConnections();
    const retire = async (ms: number): Promise<void> => {
      app.get(Readiness).stop();
      if (ms > 0) await setTimeout(ms);
    };
    return { app, managementUrl: management?.url, retire, cutOff, close: (jobs) => (closing ??= close(jobs)) };
  } catch (error) {
    await open.close();
    throw error;
  }
}

async function createApplication(ground: Ground): Promise<NestFastifyApplication> {
  const { settings, logger } = ground;
  const { tlsCert: cert, tlsKey: key, tlsClientCa: clientCa } = settings;
  const rewriteUrl = belowRelativePath(settings.httpRelativePath);
  const adapter = new FastifyAdapter({
    ...(cert === undefined || key === undefined ? {} : { https: readTlsFiles({ cert, key, clientCa }) }),
    ...(rewriteUrl && { rewriteUrl }),
    trustProxy: trustProxyOf(settings.trustProxy),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_MS,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1024 },
    requestIdHeader: false,
    forceCloseConnections: 'idle',
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.on(ground), adapter, {
    logger: new FrameworkLogger(logger),
    abortOnError: false,
    bodyParser: true,
  });
  const { requestMeter, requests } = ground.instruments;
  if (requestMeter) measureRequests(app.getHttpAdapter().getInstance(), requestMeter);
  if (requests) observeRequests(app.getHttpAdapter().getInstance(), requests);
  refuseOverload(app.getHttpAdapter().getInstance(), {
    most: settings.httpMaxRequests,
    perAddress:
      settings.requestsPerAddress === undefined ? undefined : new RateLimit(settings.requestsPerAddress, ground.clock),
  });
  endConnectionsOnClose(app.getHttpAdapter().getInstance(), app.get(Readiness));
  answerAdminPreflights(app.getHttpAdapter().getInstance());
  openConsoleEntrances(app.getHttpAdapter().getInstance(), {
    realms: app.get(RealmParam),
    page: app.get(ConsolePage),
    publicUrl: app.get(PublicUrl),
  });
  await app.register(cookie);
  await app.init();
  keepJsonText(app.getHttpAdapter().getInstance());
  keepFilesForms(app.getHttpAdapter().getInstance());
  readSmallForms(app.getHttpAdapter().getInstance());
  if (!isLoopback(settings.host) && settings.publicUrl?.startsWith('http:')) {
    logger.warn(
      'SLUICE_PUBLIC_URL is plain http: browsers then keep the sign-in cookie for this site only (SameSite=Lax)',
    );
  }
  return app;
}

function trustProxyOf(setting: string | undefined): boolean | string[] {
  if (setting === undefined || setting === 'false') return false;
  return setting === 'true' ? true : setting.split(',').map((address) => address.trim());
}
