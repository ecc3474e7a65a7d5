import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, ForbiddenError, NotFoundError, TooManyRequestsError, UnavailableError } from '../shared/errors.js';
import { retryAfter } from '../http/retry-after.js';
import { apiHeaders } from '../http/security-headers.js';
import { OAuthError } from './oauth-error.js';

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Turns whatever an OIDC endpoint throws into the error shape of RFC 6749 section 5.2. */
@Catch()
export class OAuthErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('oidc');

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const answer = answerTo(error);
    this.log(error, answer.status, host.switchToHttp().getRequest<FastifyRequest>());
    void reply
      .code(answer.status)
      .headers({ ...apiHeaders(), ...retryAfter(error), ...answer.headers })
      .type('application/json')
      .send(answer.body);
  }

  private log(error: unknown, status: number, request: FastifyRequest): void {
    if (status >= 500 && !(error instanceof UnavailableError))
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error), request.id);
    else if (error instanceof AppError && error.options.detail)
      this.logger.debug(`${error.code}: ${error.options.detail}`);
  }
}

function answerTo(error: unknown): Answer {
  if (error instanceof OAuthError)
    return { status: error.status, headers: error.headers, body: bodyOf(error.error, error.description) };
  if (error instanceof NotFoundError) return { status: 404, body: { error: error.message } };
  if (error instanceof ForbiddenError) {
    return {
      status: 403,
      body: bodyOf(error.code === 'https_required' ? 'invalid_request' : 'access_denied', error.message),
    };
  }
  if (error instanceof TooManyRequestsError)
    return { status: 429, body: bodyOf('temporarily_unavailable', error.message) };
  if (error instanceof UnavailableError) return { status: 503, body: bodyOf('temporarily_unavailable', error.message) };
  if (error instanceof HttpException) return { status: error.getStatus(), body: { error: sentenceOf(error) } };
  if (error instanceof AppError) return { status: 400, body: bodyOf('invalid_request', error.message) };
  const status = clientErrorStatus(error);
  return status === undefined
    ? { status: 500, body: bodyOf('server_error', 'The server could not answer. The log says why.') }
    : { status, body: bodyOf('invalid_request', 'The request could not be read') };
}

const bodyOf = (error: string, description: string | undefined) => ({
  error,
  ...(description === undefined ? {} : { error_description: description }),
});

/** `HTTP 405 Method Not Allowed`, as the reference writes what its router refuses. */
function sentenceOf(error: HttpException): string {
  const status = error.getStatus();
  const name = error.message.replace(/^Cannot .*/, 'Not Found');
  return `HTTP ${String(status)} ${name}`;
}

/** Fastify's own refusals (a body too large, an unknown content type) carry a status. */
function clientErrorStatus(error: unknown): number | undefined {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
