import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Message } from '../engine/index.js';
import { chooseLocale } from '../realm/locale.js';
import { PageRenderer } from '../http/page-renderer.js';
import { isUnnormalised, UNNORMALISED, unnormalised } from '../http/normalised-path.js';
import { retryAfter } from '../http/retry-after.js';
import { apiHeaders, pageHeaders } from '../http/security-headers.js';
import {
  AppError,
  ConflictError,
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
  TooManyRequestsError,
  UnavailableError,
} from '../shared/errors.js';

/** Where the reference has something that says itself what is not there. */
const BELOW_A_REALM = /^\/realms\/[^/?]+/;
/** Protocols that are not spoken here, or that nobody knows. */
const OTHER_PROTOCOL = /^\/realms\/[^/?]+\/protocol\/(?!openid-connect(?:[/?]|$))[^/?]+/;

const NO_REALM = {
  internationalizationEnabled: true,
  supportedLocales: ['en', 'de', 'es'],
  defaultLocale: 'en',
} as const;

/**
 * Errors that no door took care of. A browser gets a page that says what to do next, a program a sentence as JSON in the reference's
 * words (admin API reference 2.2); never a stack or a blank answer.
 */
@Catch()
export class LastResortFilter implements ExceptionFilter {
  private readonly logger = new Logger('errors');

  constructor(private readonly renderer: PageRenderer) {}

  catch(error: unknown, host: ArgumentsHost): FastifyReply {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    if (error instanceof HttpException && error.getStatus() === 404 && isUnnormalised(request.url))
      return this.catch(unnormalised(), host);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const status = statusOf(error);
    if (status >= 500 && status !== 503)
      this.logger.error(error instanceof Error ? error.stack : error, { request: request.id });
    void reply.headers(retryAfter(error));
    if (!(request.headers.accept ?? '').includes('text/html')) {
      return reply
        .code(status)
        .headers(apiHeaders())
        .send(bodyOf(error, status, request.url));
    }
    const html = this.renderer.render({
      page: 'error',
      locale: chooseLocale({ realm: NO_REALM, acceptLanguage: request.headers['accept-language'] }),
      realmName: '',
      realmTitle: 'Sluice',
      message: { ...messageOf(error, status), kind: 'error' },
      links: {},
      canTryAnotherWay: false,
      data: {},
    });
    // The reference's pages of a realm that is switched off; programs are told 403.
    const isOff = error instanceof ForbiddenError && error.code === 'realm_disabled';
    return reply
      .code(isOff ? 400 : status)
      .headers(pageHeaders())
      .type('text/html; charset=utf-8')
      .send(html);
  }
}

function statusOf(error: unknown): number {
  if (error instanceof NotFoundError) return 404;
  if (error instanceof ForbiddenError) return 403;
  if (error instanceof ConflictError) return 409;
  if (error instanceof InvalidInputError) return 400;
  if (error instanceof TooManyRequestsError) return 429;
  if (error instanceof UnavailableError) return 503;
  if (error instanceof AppError) return 400;
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

/** Sentences of our own errors are made for people; those of anything else are not. */
function messageOf(error: unknown, status: number): Message {
  if (error instanceof UnavailableError) {
    return { key: error.code === 'database_unavailable' ? 'databaseUnavailableMessage' : 'serverBusyMessage' };
  }
  if (error instanceof TooManyRequestsError)
    return { key: 'tooManyAttemptsMessage', values: { seconds: error.seconds } };
  if (error instanceof AppError) return { key: error.code, text: error.message };
  return { key: status === 404 ? 'pageNotFound' : 'unexpectedErrorHandlingRequestMessage' };
}

/** What was refused before its door was asked still has the shape of that door, where a program has to understand it (RFC 6749, 5.2). */
function bodyOf(error: unknown, status: number, url: string): Readonly<Record<string, string>> {
  if (error instanceof InvalidInputError && error.code === UNNORMALISED)
    return { error: 'missingNormalization', error_description: error.message };
  const refused = error instanceof UnavailableError || error instanceof TooManyRequestsError;
  return refused && url.includes('/protocol/openid-connect/')
    ? { error: 'temporarily_unavailable', error_description: error.message }
    : { error: sentenceOf(error, status, url) };
}

function sentenceOf(error: unknown, status: number, url: string): string {
  if (error instanceof AppError) return error.message;
  if (status === 404 && !BELOW_A_REALM.test(url)) return 'Unable to find matching target resource method';
  if (status === 404 && OTHER_PROTOCOL.test(url)) return 'Protocol not found';
  return `HTTP ${String(status)} ${STATUS_CODES[status] ?? 'Error'}`;
}
