import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AppError,
  ConflictError,
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
  TooManyRequestsError,
  UnavailableError,
} from '../shared/errors.js';
import { retryAfter } from './retry-after.js';
import { apiHeaders } from './security-headers.js';

/** Code, name and explanation by status; errors of ours have a code and a sentence of their own. */
const SAID: Readonly<Record<number, readonly [code: string, message: string, description: string]>> = {
  400: ['invalid_request', 'Bad request', 'The request cannot be understood.'],
  401: ['unauthorized', 'Unauthorized', 'The request needs a valid authentication.'],
  403: ['forbidden', 'Forbidden', 'You may not do this.'],
  404: ['not_found', 'Not found', 'There is no such resource.'],
  429: ['too_many_requests', 'Too many requests', 'Try again later.'],
  500: ['server_error', 'Server error', 'The server could not answer. The log says why.'],
  503: ['unavailable', 'Unavailable', 'The server cannot do this now. Try again later.'],
};

/** Writes errors of the session API: JSON with `code`, `message` and `description`. */
@Catch()
export class SessionApiErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('session-api');

  catch(error: unknown, host: ArgumentsHost): FastifyReply {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const status = statusOf(error);
    if (status === 500) this.logger.error(error instanceof Error ? error.stack : error, { request: request.id });
    if (status === 401 && !reply.hasHeader('www-authenticate')) void reply.header('www-authenticate', 'Bearer');
    const [code, message, description] = SAID[status] ?? ['invalid_request', 'Bad request', 'It cannot be done.'];
    const own = error instanceof AppError && status < 500 && error.code !== 'forbidden' ? error : undefined;
    return reply
      .code(status)
      .headers({ ...apiHeaders(), ...retryAfter(error), 'cache-control': 'no-store' })
      .type('application/json')
      .send({ code: own?.code ?? code, message, description: own?.message ?? description });
  }
}

function statusOf(error: unknown): number {
  if (error instanceof NotFoundError) return 404;
  if (error instanceof ForbiddenError) return 403;
  if (error instanceof ConflictError) return 409;
  if (error instanceof InvalidInputError) return 400;
  if (error instanceof TooManyRequestsError) return 429;
  if (error instanceof UnavailableError) return 503;
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
