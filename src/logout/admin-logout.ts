import type { Delivery, DeliveryComposer, DeliveryFailure, NewDelivery } from '../deliveries/delivery.js';
import type { Client, ClientStore } from '../realm/client.js';
import type { RealmStore } from '../realm/realm.js';
import type { Clock } from '../shared/clock.js';
import type { OutboundRequest } from '../shared/outbound.js';
import type { AdminActions, LoggedOutSessions } from './admin-actions.js';
import { adminUrl, adminUrls } from './admin-urls.js';
import type { LogoutFailures } from './logout-failures.js';

/** Kind of the deliveries to the admin URLs of older applications (`k_logout`). */
export const ADMIN_LOGOUT = 'admin-logout';

/** What a delivery of kind `admin-logout` keeps until it is sent. */
export interface AdminLogoutPayload {
  /** Internal id. */
  readonly clientId: string;
  /** One of the admin URLs of the client; absent: the one that is set. */
  readonly url?: string;
  readonly notBefore: number;
  /** Absent when everybody was signed out. */
  readonly sessions?: LoggedOutSessions;
}

/** Makes the request that tells an application at its admin URL of a logout (seed row 30). */
export class AdminLogout implements DeliveryComposer {
  readonly kind = ADMIN_LOGOUT;

  constructor(
    private readonly realms: RealmStore,
    private readonly clients: ClientStore,
    private readonly actions: AdminActions,
    private readonly failures: LogoutFailures,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `no_signing_key` */
  async compose({ realmId, payload }: Delivery): Promise<OutboundRequest | undefined> {
    const { clientId, url: noted, notBefore, sessions } = payload as unknown as AdminLogoutPayload;
    const realm = await this.realms.byId(realmId);
    const client = realm && (await this.clients.byId(realmId, clientId));
    if (!realm || !client?.enabled) return undefined;
    const url = noted === undefined ? adminUrl(client) : this.stillOf(client, noted);
    if (url === undefined) return undefined;
    return this.actions.request(realm, client, url, { action: 'LOGOUT', notBefore, ...(sessions && { sessions }) });
  }

  async failed({ realmId, payload }: Delivery, failure: DeliveryFailure): Promise<void> {
    const { clientId, sessions } = payload as unknown as AdminLogoutPayload;
    const [sessionId] = sessions?.keycloakSessionIds ?? [];
    await this.failures.record(realmId, { clientId, ...(sessionId !== undefined && { sessionId }) }, failure);
  }

  private stillOf(client: Client, url: string): string | undefined {
    return adminUrls(client, this.clock.seconds()).find((each) => each === url);
  }
}

/** A delivery that says so, and to which address. */
export type LogoutOfAll = NewDelivery & { readonly payload: { readonly url: string } };

/**
 * What tells a client that everybody of the realm was signed out: one delivery for each of its addresses.
 * @param now seconds
 */
export function logoutOfAll(client: Client, notBefore: number, now: number): readonly LogoutOfAll[] {
  if (!client.enabled) return [];
  return adminUrls(client, now).map((url) => {
    const payload = { clientId: client.id, url, notBefore };
    // a node that is dead delays only itself
    const receiver = url === adminUrl(client) ? client.id : `${client.id} ${new URL(url).host}`.slice(0, 255);
    return { realmId: client.realmId, kind: ADMIN_LOGOUT, receiver, payload };
  });
}
