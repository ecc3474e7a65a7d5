import { applyDecorators, Controller, UseFilters, UseGuards, UseInterceptors } from '@nestjs/common';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { apiHeaders } from '../http/security-headers.js';
import { AccountErrorFilter } from './account-error.filter.js';
import { AccountGuard } from './account.guard.js';

/** Turns what a controller gives back into a reply: nothing is 204, anything else 200 with JSON that nobody keeps. */
@Injectable()
class AccountReplies implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((result: unknown) => {
        void reply.headers({ ...apiHeaders(), 'cache-control': 'no-cache' });
        if (result === undefined) return void reply.code(204);
        void reply.code(200).type('application/json;charset=UTF-8');
        // Bytes, because a bare text would not be written as JSON.
        return Buffer.from(JSON.stringify(result));
      }),
    );
  }
}

/** A controller of the account REST API. @param path below `/realms/{realm}/account` */
export const AccountRest = (path = ''): ClassDecorator =>
  applyDecorators(
    Controller(`realms/:realm/account${path === '' ? '' : `/${path}`}`),
    UseGuards(AccountGuard),
    UseInterceptors(AccountReplies),
    UseFilters(AccountErrorFilter),
  );
