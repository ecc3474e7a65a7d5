import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { retryAfter } from '../http/retry-after.js';
import { apiHeaders } from '../http/security-headers.js';
import { AppError, NotSupportedError, UnavailableError } from '../shared/errors.js';
import { errorReplyOf, type ErrorReply } from './admin-error-shapes.js';

const UNKNOWN: ErrorReply = {
  status: 500,
  body: { error: 'unknown_error', error_description: 'For more on this error consult the server log.' },
};

/** Writes every error of the Admin API as the reference does; what nobody foresaw is logged and not told. */
@Catch()
export class AdminErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('admin');

  catch(error: unknown, host: ArgumentsHost): FastifyReply {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status, body } = errorReplyOf(error) ?? frameworkReplyOf(error) ?? UNKNOWN;
    const isExpected = error instanceof UnavailableError || error instanceof NotSupportedError;
    if (status >= 500 && !isExpected) {
      const detail = error instanceof AppError ? error.options.detail : undefined;
      this.logger.error(error instanceof Error ? error.stack : error, { request: request.id, detail });
    }
    // Bytes, so that the content type stays without a charset, as at the reference.
    return reply
      .code(status)
      .headers({ ...apiHeaders(), ...retryAfter(error) })
      .header('content-type', 'application/json')
      .send(Buffer.from(JSON.stringify(body)));
  }
}

/** Errors of Nest and Fastify: their status, and our own body where they carry one. */
function frameworkReplyOf(error: unknown): ErrorReply | undefined {
  if (error instanceof HttpException) {
    const response = error.getResponse();
    const said = typeof response === 'object' && 'error' in response ? response.error : undefined;
    const ours = typeof said === 'string' && !('statusCode' in (response as object));
    return {
      status: error.getStatus(),
      body: { error: ours ? said : `HTTP ${String(error.getStatus())} ${error.message}` },
    };
  }
  const { statusCode, message } = (error ?? {}) as { readonly statusCode?: unknown; readonly message?: unknown };
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode >= 500) return undefined;
  return { status: statusCode, body: { error: String(message) } };
}
