import type { FastifyRequest } from 'fastify';
import { InvalidInputError } from '../shared/errors.js';

/** What of a request says where the caller believes this server to be. With a trusted proxy Fastify fills it from its headers. */
type Addressed = Pick<FastifyRequest, 'protocol' | 'host'>;

/** Host and port as they may stand in an address. */
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i;
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** The address of this server as browsers and applications see it. */
export class PublicUrl {
  private readonly fixed: string | undefined;
  /** Path below which the server lives, without a trailing slash; empty at the root. */
  readonly pathPrefix: string;

  /**
   * @param configured the setting; absent only on a loopback listener, where the Host header is believed. A path of its own is where a
   *   proxy shows the server, and stands in place of the relative path
   * @param relativePath path below which the server itself answers, `/` at the root
   */
  constructor(configured: string | undefined, relativePath = '/') {
    const own = configured === undefined ? '' : new URL(configured).pathname.replace(/\/+$/, '');
    this.pathPrefix = own === '' ? relativePath.replace(/\/+$/, '') : own;
    this.fixed =
      configured === undefined ? undefined : `${configured.replace(/\/+$/, '')}${own === '' ? this.pathPrefix : ''}`;
  }

  /**
   * Scheme, host and path prefix, without a trailing slash.
   * @throws InvalidInputError `invalid_host` for a Host header that is no host
   */
  base(request: Addressed): string {
    if (this.fixed !== undefined) return this.fixed;
    if (!HOST.test(request.host)) throw new InvalidInputError('invalid_host', 'The Host header is not valid');
    return `${request.protocol}://${request.host.toLowerCase()}${this.pathPrefix}`;
  }

  /**
   * The address for links that leave the request: in a mail a forged Host header would lead a person astray, so it is believed
   * only where it names this machine itself. Undefined otherwise. @throws InvalidInputError as `base`
   */
  linkBase(request: Addressed): string | undefined {
    const base = this.base(request);
    return this.fixed !== undefined || LOOPBACK.test(new URL(base).hostname) ? base : undefined;
  }

  /** Both addresses of this server: for answers, and for mails. @throws InvalidInputError as `base` */
  addresses(request: Addressed): { readonly base: string; readonly linkBase: string | undefined } {
    return { base: this.base(request), linkBase: this.linkBase(request) };
  }

  /** Issuer of a realm (RFC 8414 section 2). @throws InvalidInputError as `base` */
  issuer(request: Addressed, realmName: string): string {
    return `${this.base(request)}/realms/${encodeURIComponent(realmName)}`;
  }

  /** True where browsers accept `Secure` cookies: https, or loopback. @throws InvalidInputError as `base` */
  isSecureContext(request: Addressed): boolean {
    const url = new URL(this.base(request));
    return url.protocol === 'https:' || LOOPBACK.test(url.hostname);
  }
}
