import 'reflect-metadata';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { describe, expect, it } from 'vitest';
import { ADMIN_CONTROLLERS } from './admin.controllers.js';
import { auditedRoute } from './admin-event-routes.js';
import { TenantSessionsController } from './tenant-sessions.controller.js';
import { UnmatchedAdminController, UnmatchedRealmController } from './unmatched.controller.js';

const asList = (paths: string | string[]): string[] => (typeof paths === 'string' ? [paths] : paths);

/** They answer what nobody else does. */
const UNMATCHED: readonly Type[] = [UnmatchedAdminController, UnmatchedRealmController];
/** Outside of the Admin API's addresses: they write their events themselves (test/e2e/seeds/me-sessions.spec.ts). */
const ELSEWHERE: readonly Type[] = [TenantSessionsController];

/** Method and address of every route that may change something; parameters stand for themselves. */
const changing = ADMIN_CONTROLLERS.filter((type) => ![...UNMATCHED, ...ELSEWHERE].includes(type)).flatMap((type) => {
  const bases = asList(Reflect.getMetadata(PATH_METADATA, type) as string | string[]);
  const prototype = type.prototype as Readonly<Record<string, object>>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name]!;
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined || method === RequestMethod.GET) return [];
    const paths = asList(Reflect.getMetadata(PATH_METADATA, handler) as string | string[]);
    return bases.flatMap((base) =>
      paths.map((path) => ({
        method: RequestMethod[method],
        path: `${base}/${path}`.replace(/^\/?admin\/realms(\/:realm)?/, '').replace(/^\/+|\/+$/g, ''),
      })),
    );
  });
});

describe('admin events', () => {
  it('are thought of for every route that changes something', () => {
    expect(changing.length).toBeGreaterThan(80);
    expect(changing.filter(({ method, path }) => !auditedRoute(method, path))).toEqual([]);
  });

  it.each([
    ['POST', 'users', 'USER', 'CREATE'],
    ['DELETE', 'users/1', 'USER', 'DELETE'],
    ['PUT', 'users/1/groups/2', 'GROUP_MEMBERSHIP', 'CREATE'],
    ['DELETE', 'users/1/groups/2', 'GROUP_MEMBERSHIP', 'DELETE'],
    ['PUT', 'users/1/reset-password', 'USER', 'ACTION'],
    ['POST', 'groups/1/role-mappings/clients/2', 'CLIENT_ROLE_MAPPING', 'CREATE'],
    ['PUT', 'authentication/flows/browser%20copy/executions', 'AUTH_EXECUTION', 'UPDATE'],
    ['PUT', '', 'REALM', 'UPDATE'],
  ])('%s %s is of a %s, %s', (method, path, resource, operation) => {
    expect(auditedRoute(method, path)).toMatchObject({ resource, operation });
  });

  it('know an address that changes nothing', () => {
    expect(auditedRoute('DELETE', 'events')?.resource).toBeUndefined();
    expect(auditedRoute('POST', 'no/such/address')).toBeUndefined();
  });
});
