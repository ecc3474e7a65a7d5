import { applyDecorators, Controller, Header, UseFilters } from '@nestjs/common';
import { SessionApiErrorFilter } from './session-api-error.filter.js';

/**
 * A controller of the session API below `/t/{tenant}/api/users/v1`, where a tenant is a realm.
 * @param path below it
 */
export const SessionApi = (path: string): ClassDecorator =>
  applyDecorators(Controller(`t/:tenant/api/users/v1/${path}`), UseFilters(SessionApiErrorFilter));

/** Lists of sessions are of one moment, and of one person. */
export const NotKept = (): MethodDecorator => Header('cache-control', 'no-store');
