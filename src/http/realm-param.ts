import type { FastifyRequest } from 'fastify';
import type { Realm, RealmStore } from '../realm/realm.js';
import { ForbiddenError, NotFoundError } from '../shared/errors.js';
import { isTransportAllowed } from './transport-security.js';

/** Resolves the `:realm` of an address. */
export class RealmParam {
  constructor(private readonly realms: RealmStore) {}

  /**
   * The realm of that name, enabled or not.
   * @throws NotFoundError `realm_not_found` with the sentence of the protocol endpoints
   */
  async resolve(name: string): Promise<Realm> {
    const realm = await this.realms.byName(name);
    if (!realm) throw new NotFoundError('realm_not_found', 'Realm does not exist');
    return realm;
  }

  /**
   * The realm, if it serves this request: enabled, and over a transport it allows.
   * @throws NotFoundError as `resolve`
   * @throws ForbiddenError `realm_disabled`, `https_required`
   */
  async serving(name: string, request: Pick<FastifyRequest, 'protocol' | 'ip'>): Promise<Realm> {
    const realm = await this.resolve(name);
    if (!isTransportAllowed(realm.settings.sslRequired, request))
      throw new ForbiddenError('https_required', 'HTTPS required');
    if (!realm.settings.enabled) throw new ForbiddenError('realm_disabled', 'Realm not enabled');
    return realm;
  }
}
