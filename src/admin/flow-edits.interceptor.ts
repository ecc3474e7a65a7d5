import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Observable, tap } from 'rxjs';
import { EditOrigins, type EditNote, type EditOrigin } from '../flows/edit-origin.js';
import { textOf } from '../http/query-parameters.js';
import { InvalidInputError } from '../shared/errors.js';
import { admittedTo } from './admin.guard.js';

/** Seconds for which a binding may be on trial: a day. */
const LONGEST_TRIAL = 86_400;

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
    const origin = { ...originOf(request), notes };
    return new Observable((subscriber) =>
      this.origins.run(origin, () =>
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
  const confirmWithin = confirmWithinOf(request.query);
  return {
    editor: { id, username },
    ...(tag !== undefined && { ifMatch: tag }),
    ...(confirmWithin !== undefined && { confirmWithin }),
  };
}

/** Seconds; at most a day. @throws InvalidInputError `confirm_within_invalid` */
function confirmWithinOf(query: unknown): number | undefined {
  const text = textOf(query, 'confirmWithin');
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (/^\d{1,5}$/.test(text) && seconds >= 1 && seconds <= LONGEST_TRIAL) return seconds;
  throw new InvalidInputError(
    'confirm_within_invalid',
    `confirmWithin must be a whole number of seconds from 1 to ${String(LONGEST_TRIAL)}`,
    { field: 'confirmWithin' },
  );
}
