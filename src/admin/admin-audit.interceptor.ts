import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { AdminEventRecorder } from '../events/admin-event-recorder.js';
import type { AdminIdentity } from '../events/admin-events.js';
import type { Principal } from '../http/bearer.guard.js';
import { JsonText } from '../http/parsers.js';
import type { Realm } from '../realm/realm.js';
import { withoutSecrets } from '../representations/kept-secrets.js';
import type { Json } from '../shared/json.js';
import { auditedRoute } from './admin-event-routes.js';
import { Created } from './admin-replies.interceptor.js';
import { admittedTo } from './admin.guard.js';
import { editNotesOf } from './flow-edits.interceptor.js';

/** Longer bodies (realms, imports) are not repeated in the event. */
const LONGEST_REPRESENTATION = 65_536;

/**
 * Writes the admin event of every request that changed something, before it is answered. Making and deleting a realm is an event of
 * the caller's own realm: the other has no events yet, or none any more.
 */
@Injectable()
export class AdminAudit implements NestInterceptor {
  constructor(private readonly recorder: AdminEventRecorder) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.method === 'GET') return next.handle();
    return next.handle().pipe(
      mergeMap(async (result: unknown) => {
        await this.record(request, result);
        return result;
      }),
    );
  }

  private async record(request: FastifyRequest, result: unknown): Promise<void> {
    await this.recordNotes(request);
    const { realm, caller } = admittedTo(request);
    const path = pathBelowRealm(request, realm);
    const route = auditedRoute(request.method, path);
    if (route?.resource === undefined) return;
    const aboveRealms = path === '' && route.operation !== 'UPDATE';
    // A realm that was only foreseen: nothing was made.
    if (aboveRealms && request.method === 'POST' && !(result instanceof Created)) return;
    const owner = realm && !aboveRealms ? realm : caller.principal.realm;
    const representation = route.withoutRepresentation
      ? undefined
      : (route.says?.(request.query as Record<string, unknown>) ?? representationOf(request));
    await this.recorder.record(
      { id: owner.id, ...owner.settings },
      {
        operationType: route.operation,
        resourceType: route.resource,
        resourcePath: aboveRealms ? (realm?.name ?? madeName(result)) : resourcePath(path, result),
        ...(representation !== undefined && { representation }),
        ...identityOf(caller.principal, request),
      },
    );
  }

  /** What became of flows and bindings beside what the request asked for. */
  private async recordNotes(request: FastifyRequest): Promise<void> {
    const { realm, caller } = admittedTo(request);
    if (!realm) return;
    for (const { path, operation, detail } of editNotesOf(request)) {
      await this.recorder.record(
        { id: realm.id, ...realm.settings },
        {
          operationType: operation,
          resourceType: 'AUTH_FLOW',
          resourcePath: path,
          representation: JSON.stringify(detail),
          ...identityOf(caller.principal, request),
        },
      );
    }
  }
}

/** Who calls, as admin events name them. */
export const identityOf = ({ realm, client, user }: Principal, { ip }: FastifyRequest): AdminIdentity => ({
  authRealmId: realm.id,
  authClientId: client.id,
  authUserId: user.id,
  ipAddress: ip,
});

/** Decoded, without the slashes at its ends. */
function pathBelowRealm(request: FastifyRequest, realm: Realm | undefined): string {
  const path = request.url.replace(/\?.*$/s, '').replace(/^.*?\/admin\/realms/, '');
  return (realm ? path.replace(/^\/[^/]+/, '') : path).replace(/^\/|\/$/g, '');
}

const madeName = (result: unknown): string => (result instanceof Created ? (result.path.at(-1) ?? '') : '');

/** The address that was called, and below it the name of what was made. */
function resourcePath(path: string, result: unknown): string {
  if (!(result instanceof Created)) return path;
  const made = result.path.map(encodeURIComponent).join('/');
  return made.startsWith(`${path}/`) ? made : path;
}

function representationOf({ body }: FastifyRequest): string | undefined {
  if (!(body instanceof JsonText) || body.text.length > LONGEST_REPRESENTATION) return undefined;
  const value = readable(body);
  return value === undefined ? undefined : JSON.stringify(withoutSecrets(value as Json));
}

/** The change has been made by now: a body that nobody needed and that cannot be read must not lose its event. */
function readable(body: JsonText): unknown {
  try {
    return body.read();
  } catch {
    return undefined;
  }
}
