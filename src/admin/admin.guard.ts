import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BearerGuard, callerOf } from '../http/bearer.guard.js';
import { allowAnyOrigin, allowClientOrigins } from '../http/cors.js';
import { PublicUrl } from '../http/public-url.js';
import { RealmStore, type Realm } from '../realm/realm.js';
import { NotFoundError } from '../shared/errors.js';
import { administrationErrors } from '../administration/administration-errors.js';
import { AdminCallers, type AdminCaller } from './admin-caller.js';
import type { AdminRight } from './admin-rights.js';

/** Path parameters of a request. */
export type PathParams = Readonly<Record<string, string | undefined>>;
type Need = AdminRight | ((params: PathParams) => AdminRight);

/** What a route asks of its caller. */
export interface RouteNeed {
  /** Asked for before anything else is looked at. Absent for routes above all realms, which decide for themselves. */
  readonly need?: Need;
  /** What the route asks for beyond that, in words for docs/permissions.md. */
  readonly also?: string;
}

export const ROUTE_NEED = 'sluice:admin-need';

/**
 * `@Needs('viewUsers')`: the right a route asks for before anything else is looked at. A function chooses it by the path.
 * @param also what the route itself asks for beyond that, in words
 */
export const Needs = (need: Need, also?: string): MethodDecorator & ClassDecorator =>
  SetMetadata<string, RouteNeed>(ROUTE_NEED, { need, ...(also !== undefined && { also }) });

/** For a route that decides for itself who may call it. @param also who that is, in words */
export const NeedsOther = (also: string): MethodDecorator => SetMetadata<string, RouteNeed>(ROUTE_NEED, { also });

/** The realm and the caller of a request that passed the guard. */
interface Admitted {
  readonly caller: AdminCaller;
  /** Absent above all realms (`/admin/realms`). */
  readonly realm?: Realm;
}

const admitted = new WeakMap<object, Admitted>();

/** @throws Error when the guard did not run: a route without it */
export function admittedTo(request: FastifyRequest): Admitted {
  const found = admitted.get(request);
  if (!found) throw new Error('The admin guard did not run for this request');
  return found;
}

/**
 * Lets administrators in, in the reference's order: token (401), realm (404), role (403). A route that names no right is open to
 * every caller with a good token and must decide for itself.
 */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly bearer: BearerGuard,
    private readonly callers: AdminCallers,
    private readonly realms: RealmStore,
    private readonly publicUrl: PublicUrl,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    await this.bearer.canActivate(context);
    allowOriginsOf(request, context.switchToHttp().getResponse<FastifyReply>(), this.publicUrl.base(request));
    // No name or id has a NUL in it, and PostgreSQL refuses to look for one.
    if (request.url.includes('%00')) throw new NotFoundError('malformed_parameter', 'HTTP 404 Not Found');
    const params = request.params as PathParams;
    const name = params['realm'];
    const realm = name === undefined ? undefined : await this.realms.byName(name);
    if (name !== undefined && !realm) throw administrationErrors.realmUnknown();
    const caller = await this.callers.of(callerOf(request));
    const places = [context.getHandler(), context.getClass()];
    const need = this.reflector.getAllAndOverride<RouteNeed | undefined>(ROUTE_NEED, places)?.need;
    if (realm && need !== undefined) caller.require(typeof need === 'function' ? need(params) : need, realm.name);
    admitted.set(request, { caller, ...(realm && { realm }) });
    return true;
  }
}

/** Pages of the token's client may read the answer, with the address of what was made; others may not. */
function allowOriginsOf(request: FastifyRequest, reply: FastifyReply, base: string): void {
  if (request.headers.origin === undefined) return;
  allowAnyOrigin(request, reply);
  allowClientOrigins(request, reply, callerOf(request).client, base);
  void reply.header('access-control-expose-headers', 'Location');
}
