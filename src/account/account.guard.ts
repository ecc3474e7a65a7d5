import {
  Injectable,
  NotFoundException,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
  createParamDecorator,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { allowAnyOrigin, allowClientOrigins } from '../http/cors.js';
import { PublicUrl } from '../http/public-url.js';
import { RealmParam } from '../http/realm-param.js';
import { AccountBearer } from './account-bearer.js';
import { AccountCallers, type AccountCaller } from './account-caller.js';

const admitted = new WeakMap<object, AccountCaller>();

/** `@Caller() caller: AccountCaller`: who passed the guard. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): AccountCaller => {
  const caller = admitted.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (!caller) throw new Error('The account guard did not run for this request');
  return caller;
});

/**
 * Lets people in who call the account REST API of a realm with an access token, in the reference's order: realm (404, 403), the client
 * `account` (404), token (401). What they may do is asked by each route.
 */
@Injectable()
export class AccountGuard implements CanActivate {
  constructor(
    private readonly realms: RealmParam,
    private readonly bearer: AccountBearer,
    private readonly callers: AccountCallers,
    private readonly publicUrl: PublicUrl,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    if (prefersPage(request.headers.accept)) throw new NotFoundException();
    allowAnyOrigin(request, reply);
    const { realm: name = '' } = request.params as { readonly realm?: string };
    const realm = await this.realms.serving(name, request);
    if (!(await this.callers.accountClient(realm))) throw new NotFoundException();
    const caller = await this.bearer.callerOf(request, reply, realm);
    if (!caller) throw new UnauthorizedException();
    allowClientOrigins(request, reply, caller.client, this.publicUrl.base(request));
    admitted.set(request, caller);
    return true;
  }
}

/** The same addresses are those of the account's pages, for those who ask for pages. */
const prefersPage = (accept = ''): boolean => accept.includes('text/html') && !accept.includes('application/json');
