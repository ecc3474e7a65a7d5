import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { retryAfter } from '../http/retry-after.js';
import { apiHeaders } from '../http/security-headers.js';
import {
  AppError,
  ConflictError,
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
  TooManyRequestsError,
  UnavailableError,
} from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import { ProfileRefusal } from './profile-refusal.js';

/** What the reference throws as exceptions of its web framework, and of the realm's address; anything else is an `errorMessage`. */
const SENTENCES = new Set(['forbidden', 'realm_not_found', 'realm_disabled', 'https_required', 'credential_unknown']);

/** Writes errors of the account REST API as the reference does. */
@Catch()
export class AccountErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('account');

  catch(error: unknown, host: ArgumentsHost): FastifyReply {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const status = statusOf(error);
    if (status === 500) this.logger.error(error instanceof Error ? error.stack : error, { request: request.id });
    if (status === 401 && !reply.hasHeader('www-authenticate')) void reply.header('www-authenticate', 'Bearer');
    return reply
      .code(status)
      .headers({ ...apiHeaders(), ...retryAfter(error) })
      .type('application/json')
      .send(bodyOf(error, status));
  }
}

function bodyOf(error: unknown, status: number): JsonObject {
  if (error instanceof ProfileRefusal) return { errors: error.problems.map((problem) => ({ ...problem })) };
  if (error instanceof AppError && status < 500)
    return SENTENCES.has(error.code) ? { error: error.message } : { errorMessage: error.message };
  if (status === 500)
    return { error: 'unknown_error', error_description: 'For more on this error consult the server log.' };
  return { error: `HTTP ${String(status)} ${STATUS_CODES[status] ?? 'Error'}` };
}

function statusOf(error: unknown): number {
  if (error instanceof ProfileRefusal) return error.taken ? 409 : 400;
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
