import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Observable, tap } from 'rxjs';
import { EditOrigins, type EditNote, type EditOrigin } from '../flows/edit-origin.js';
import { admittedTo } from './admin.guard.js';

const notesByRequest = new WeakMap<FastifyRequest, EditNote[]>();

/** What became of the edits of a request beside what it asked for. */
export const editNotesOf = (request: FastifyRequest): readonly EditNote[] => notesByRequest.get(request) ?? [];

/**
 * Tells edits of flows who makes them and, by `If-Match`, which version they rest on (RFC 9110 section 13.1.1; the tag is the hash of
 * a version). It stands around every changing request: flows are also edited with a config, and by an import. What a caller should
 * hear of an edit that was not refused goes into `Warning` headers (code 299 of RFC 7234, which command lines show).
 */
@Injectable()
export class FlowEdits implements NestInterceptor {
  constructor(private readonly origins: EditOrigins) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    if (request.method === 'GET') return next.handle();
    const notes: EditNote[] = [];
    notesByRequest.set(request, notes);
    return new Observable((subscriber) =>
      this.origins.run({ ...originOf(request), notes }, () =>
        next
          .handle()
          .pipe(tap(() => warn(reply, notes)))
          .subscribe(subscriber),
      ),
    );
  }
}

function warn(reply: FastifyReply, notes: readonly EditNote[]): void {
  const warnings = notes.flatMap(({ warning }) => (warning === undefined ? [] : `299 - "${quotable(warning)}"`));
  if (warnings.length > 0) void reply.header('warning', warnings.join(', '));
}

/** A header holds printable ASCII; names in a warning may hold anything. */
const quotable = (text: string): string => text.replaceAll(/[^\x20-\x7e]/gu, '?').replaceAll(/["\\]/g, "'");

function originOf(request: FastifyRequest): EditOrigin {
  const { id, username } = admittedTo(request).caller.principal.user;
  const tag = /^\s*(?:W\/)?"([^"]*)"\s*$/.exec(request.headers['if-match'] ?? '')?.[1];
  return { editor: { id, username }, ...(tag !== undefined && { ifMatch: tag }) };
}
