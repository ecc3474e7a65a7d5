import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ADMIN_CONTROLLERS } from './admin.controllers.js';
import { ROUTE_NEED, type PathParams, type RouteNeed } from './admin.guard.js';
import type { AdminRight } from './admin-rights.js';
import { UnmatchedAdminController, UnmatchedRealmController } from './unmatched.controller.js';

/** One row of the table of routes: which right each asks for. */
export interface AdminRoute {
  readonly method: string;
  /** Below the server, without slashes at its ends: `admin/realms/:realm/users/:user`. */
  readonly path: string;
  /** Absent where the route decides for itself. */
  readonly right?: AdminRight;
  /** What it asks for beyond that, in words. */
  readonly also?: string;
}

/**
 * THE table of routes, as the controllers declare them with `@Needs` and `@NeedsOther`: the guard asks for the same. The pages
 * docs/permissions.md and the tests of permissions are made from it.
 */
export function adminRoutes(): readonly AdminRoute[] {
  return ADMIN_CONTROLLERS.filter((type) => type !== UnmatchedAdminController && type !== UnmatchedRealmController)
    .flatMap((type) => {
      const handlers = Object.values(Object.getOwnPropertyDescriptors(type.prototype)).map(
        ({ value }) => value as object,
      );
      return handlers.flatMap((handler) => {
        const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
        if (method === undefined) return [];
        const asked = (Reflect.getMetadata(ROUTE_NEED, handler) ?? Reflect.getMetadata(ROUTE_NEED, type)) as
          RouteNeed | undefined;
        return pathsOf(type, handler).map((path) => rowOf(RequestMethod[method], path, asked));
      });
    })
    .filter(({ path }) => path.startsWith('admin'));
}

function pathsOf(type: object, handler: object): readonly string[] {
  const asList = (paths: string | string[]): string[] => (typeof paths === 'string' ? [paths] : paths);
  const ends = asList(Reflect.getMetadata(PATH_METADATA, handler) as string | string[]);
  return asList(Reflect.getMetadata(PATH_METADATA, type) as string | string[]).flatMap((base) =>
    ends.map((end) => `${base}/${end}`.replace(/\/{2,}/g, '/').replace(/^\/|\/$/g, '')),
  );
}

function rowOf(method: string, path: string, { need, also }: RouteNeed = {}): AdminRoute {
  const right = typeof need === 'function' ? need(paramsOf(path)) : need;
  return { method, path, ...(right !== undefined && { right }), ...(also !== undefined && { also }) };
}

/** The parameters of a path, each with its name as its value. */
const paramsOf = (path: string): PathParams =>
  Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, name]));
