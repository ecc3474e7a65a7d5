import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';

/** A route as its controller declares it to Nest. */
export interface DeclaredRoute {
  readonly type: Type;
  readonly handler: object;
  /** Name of the handler in its class. */
  readonly name: string;
  /** `GET`, `POST` ..., or `ALL`. */
  readonly method: string;
  /** Below the server, without slashes at its ends: `admin/realms/:realm/users/:user`. */
  readonly path: string;
}

/** Every route of a controller, one for each of its paths. */
export const declaredRoutes = (type: Type): readonly DeclaredRoute[] =>
  Object.entries(Object.getOwnPropertyDescriptors(type.prototype as object)).flatMap(([name, { value }]) => {
    const handler = value as object;
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    return pathsOf(type, handler).map((path) => ({ type, handler, name, method: RequestMethod[method], path }));
  });

function pathsOf(type: object, handler: object): readonly string[] {
  const asList = (paths: string | string[]): string[] => (typeof paths === 'string' ? [paths] : paths);
  const ends = asList(Reflect.getMetadata(PATH_METADATA, handler) as string | string[]);
  return asList(Reflect.getMetadata(PATH_METADATA, type) as string | string[]).flatMap((base) =>
    ends.map((end) => `${base}/${end}`.replace(/\/{2,}/g, '/').replace(/^\/|\/$/g, '')),
  );
}
