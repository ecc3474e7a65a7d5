import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { PublicUrl } from '../http/public-url.js';
import { apiHeaders } from '../http/security-headers.js';
import type { Json } from '../shared/json.js';
import { admittedTo } from './admin.guard.js';

/** Something was made: 201 with its address, which clients take the id from. */
export class Created {
  /**
   * @param path below the realm, each segment on its own
   * @param body most creations answer with nothing
   */
  constructor(
    readonly path: readonly string[],
    readonly body?: Json,
  ) {}
}

/** Something has another place: 204, said to be JSON though nothing follows, as at the reference. */
export class Moved {
  readonly kind = 'moved';
}

/** An answer that is a text and not JSON. */
export class PlainText {
  constructor(readonly text: string) {}
}

/** The answer is a file: 200 with its bytes. */
export class FileReply {
  constructor(
    readonly contentType: string,
    readonly bytes: Buffer,
  ) {}
}

/**
 * Turns what a controller gives back into a reply: nothing is 204, `Created` is 201 with `Location`, anything else is 200 with JSON
 * (Admin API reference 1, "Response headers").
 */
@Injectable()
export class AdminReplies implements NestInterceptor {
  constructor(private readonly publicUrl: PublicUrl) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((result: unknown) => {
        reply.headers(apiHeaders());
        if (request.method === 'GET') reply.header('cache-control', 'no-cache');
        if (result === undefined) return void reply.code(204);
        if (result instanceof Moved) return void reply.code(204).type('application/json');
        if (result instanceof PlainText) {
          reply.code(200).type('text/plain;charset=UTF-8');
          return result.text;
        }
        if (result instanceof FileReply) {
          reply.code(200).type(result.contentType);
          return result.bytes;
        }
        if (!(result instanceof Created)) return json(reply.code(200), result);
        reply
          .code(201)
          .headers({ location: this.address(request, result.path), 'access-control-expose-headers': 'Location' });
        return result.body === undefined ? undefined : json(reply, result.body);
      }),
    );
  }

  private address(request: FastifyRequest, path: readonly string[]): string {
    const { realm } = admittedTo(request);
    const segments = ['admin', 'realms', ...(realm ? [realm.name] : []), ...path];
    return [this.publicUrl.base(request), ...segments.map(encodeURIComponent)].join('/');
  }
}

function json(reply: FastifyReply, body: unknown): unknown {
  reply.type('application/json;charset=UTF-8');
  return body;
}
