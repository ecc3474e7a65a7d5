import { All, Controller, MethodNotAllowedException, Patch, Post, Req, UseFilters } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isUnnormalised, unnormalised } from '../http/normalised-path.js';
import { NotFoundError } from '../shared/errors.js';
import { AdminController } from './admin-controller.js';
import { AdminErrorFilter } from './admin-error.filter.js';

/** Where the reference tells a wrong verb from a wrong address: everywhere else both are "not found" (Admin API reference 2.2). */
const WRONG_VERBS: readonly { readonly path: RegExp; readonly methods?: readonly string[] }[] = [
  { path: /\/realms\/[^/]+\/users$/ },
  { path: /\/client-scopes(\/[^/]+)?$/ },
  { path: /\/scope-mappings(\/|$)/, methods: ['PUT', 'PATCH'] },
  { path: /\/protocol-mappers(\/|$)/, methods: ['PATCH'] },
  { path: /\/(users|clients|groups|roles)(\/[^/]+)?$/, methods: ['PATCH'] },
];

const wrongVerb = (): MethodNotAllowedException =>
  new MethodNotAllowedException({ error: 'HTTP 405 Method Not Allowed' });
const notFound = (): NotFoundError => new NotFoundError('no_such_resource', 'HTTP 404 Not Found');

/** Every address of a realm that no resource answers. The caller needs a good token and the realm must exist. */
@AdminController('')
export class UnmatchedRealmController {
  @Post()
  post(): never {
    throw notFound();
  }

  @Patch()
  patch(): never {
    throw wrongVerb();
  }

  @All('*')
  answer(@Req() request: FastifyRequest): never {
    if (isUnnormalised(request.url)) throw unnormalised();
    const path = request.url.replace(/\?.*$/s, '').replace(/\/$/, '');
    const isWrongVerb = WRONG_VERBS.some(
      (family) => family.path.test(path) && (family.methods?.includes(request.method) ?? true),
    );
    if (isWrongVerb) throw wrongVerb();
    throw notFound();
  }
}

/** Every other address below `/admin` that no resource answers. */
@Controller('admin')
@UseFilters(AdminErrorFilter)
export class UnmatchedAdminController {
  @All(['', '*'])
  answer(@Req() { url }: FastifyRequest): never {
    if (isUnnormalised(url)) throw unnormalised();
    // The reference has a resource there that takes preflights only.
    if (/^\/admin\/[^/?]+\/?(\?|$)/.test(url)) throw wrongVerb();
    throw new NotFoundError('no_such_resource', 'Unable to find matching target resource method');
  }
}
