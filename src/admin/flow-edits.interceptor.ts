import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Observable } from 'rxjs';
import { EditOrigins, type EditOrigin } from '../flows/edit-origin.js';
import { admittedTo } from './admin.guard.js';

/**
 * Tells edits of flows who makes them and, by `If-Match`, which version they rest on (RFC 9110 section 13.1.1; the tag is the hash of
 * a version). It stands around every changing request: flows are also edited with a config, and by an import.
 */
@Injectable()
export class FlowEdits implements NestInterceptor {
  constructor(private readonly origins: EditOrigins) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.method === 'GET') return next.handle();
    return new Observable((subscriber) =>
      this.origins.run(originOf(request), () => next.handle().subscribe(subscriber)),
    );
  }
}

function originOf(request: FastifyRequest): EditOrigin {
  const { id, username } = admittedTo(request).caller.principal.user;
  const tag = /^\s*(?:W\/)?"([^"]*)"\s*$/.exec(request.headers['if-match'] ?? '')?.[1];
  return { editor: { id, username }, ...(tag !== undefined && { ifMatch: tag }) };
}
