import type { Realm } from '../realm/realm.js';
import type { Clock } from '../shared/clock.js';
import { hashSecret, newSecret } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { PushedRequest, PushedRequestStore } from './pushed-request.js';

const PREFIX = 'urn:ietf:params:oauth:request_uri:';
/** Seconds, unless the realm says otherwise. */
const LIFESPAN = 60;

/** Where a client finds the request it pushed. */
export interface PushedReference {
  readonly requestUri: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** True for a reference to a pushed request, whether or not there is one. Other references name documents at addresses. */
export const isPushedReference = (requestUri: string): boolean => requestUri.toLowerCase().startsWith(PREFIX);

/** The hash under which the request of a reference is stored. */
export const hashOfReference = (requestUri: string): string => hashSecret(requestUri.slice(PREFIX.length));

/**
 * Pushed authorization requests (RFC 9126): a reference has 256 random bits, is stored as its hash, belongs to one client and counts
 * once within `parRequestUriLifespan`.
 */
export class PushedRequests {
  constructor(
    private readonly store: PushedRequestStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @param clientId public id */
  async keep(realm: Realm, clientId: string, parameters: PushedRequest['parameters']): Promise<PushedReference> {
    const secret = newSecret();
    const expiresIn = lifespanOf(realm);
    const expiresAt = this.clock.now() + expiresIn * 1000;
    const hash = hashSecret(secret);
    await this.unitOfWork.run(() => this.store.insert({ hash, realmId: realm.id, clientId, parameters, expiresAt }));
    return { requestUri: `${PREFIX}${secret}`, expiresIn };
  }

  /** The parameters behind a reference, once; undefined when there are none, they are over, or they are another client's. */
  async take(realm: Realm, requestUri: string, clientId: string): Promise<PushedRequest['parameters'] | undefined> {
    const hash = hashOfReference(requestUri);
    const found = await this.unitOfWork.run(() => this.store.take(realm.id, hash, clientId));
    return found && found.expiresAt > this.clock.now() ? found.parameters : undefined;
  }
}

function lifespanOf({ attributes }: Pick<Realm, 'attributes'>): number {
  const seconds = Number(attributes['parRequestUriLifespan']);
  return Number.isInteger(seconds) && seconds > 0 ? seconds : LIFESPAN;
}
