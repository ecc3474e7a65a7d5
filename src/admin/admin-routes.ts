import { declaredRoutes } from '../http/declared-routes.js';
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
export const adminRoutes = (): readonly AdminRoute[] =>
  ADMIN_CONTROLLERS.filter((type) => type !== UnmatchedAdminController && type !== UnmatchedRealmController)
    .flatMap(declaredRoutes)
    .filter(({ path }) => path.startsWith('admin'))
    .map(({ type, handler, method, path }) => {
      const asked = (Reflect.getMetadata(ROUTE_NEED, handler) ?? Reflect.getMetadata(ROUTE_NEED, type)) as
        RouteNeed | undefined;
      return rowOf(method, path, asked);
    });

function rowOf(method: string, path: string, { need, also }: RouteNeed = {}): AdminRoute {
  const right = typeof need === 'function' ? need(paramsOf(path)) : need;
  return { method, path, ...(right !== undefined && { right }), ...(also !== undefined && { also }) };
}

/** The parameters of a path, each with its name as its value. */
const paramsOf = (path: string): PathParams =>
  Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, name]));
