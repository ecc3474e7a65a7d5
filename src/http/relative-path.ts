import type { IncomingMessage } from 'node:http';

/** Where requests go that are not below the relative path: no route has this name. */
const NOWHERE = '/-';

/**
 * Takes the path below which the server lives from the front of addresses, so that routes are written without it. What is outside of
 * it is not found.
 * @param relativePath `/` at the root, else without a slash at its end
 * @returns the rewriting to hand to Fastify; undefined where there is nothing to rewrite
 */
export function belowRelativePath(relativePath: string): ((request: IncomingMessage) => string) | undefined {
  if (relativePath === '/') return undefined;
  return ({ url = '/' }) => {
    const rest = url.slice(relativePath.length);
    if (!url.startsWith(relativePath) || !/^([/?]|$)/.test(rest)) return NOWHERE;
    return rest.startsWith('/') ? rest : `/${rest}`;
  };
}
