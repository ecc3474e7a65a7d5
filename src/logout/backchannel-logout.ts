import type { Delivery, DeliveryComposer, DeliveryFailure } from '../deliveries/delivery.js';
import type { ClientStore } from '../realm/client.js';
import type { RealmStore } from '../realm/realm.js';
import type { Clock } from '../shared/clock.js';
import type { OutboundRequest } from '../shared/outbound.js';
import type { RealmJwt } from '../tokens/jwt.js';
import { backchannelLogoutUrl } from './logout-addresses.js';
import { BACKCHANNEL_LOGOUT, type BackchannelLogoutPayload } from './logout-deliveries.js';
import type { LogoutFailures } from './logout-failures.js';
import { logoutTokenClaims } from './logout-token.js';

/** Header `typ` of a logout token (OpenID Connect Back-Channel Logout 1.0 section 2.4). */
const LOGOUT_TOKEN = 'logout+jwt';

/**
 * Makes the request that tells an application of a logout (OpenID Connect Back-Channel Logout 1.0 section 2.5). The token is made
 * when it is sent: it is short-lived, and the key may have changed since the session ended.
 */
export class BackchannelLogout implements DeliveryComposer {
  readonly kind = BACKCHANNEL_LOGOUT;

  /** @param publicUrl address of this server, for sessions that do not know by which issuer they began */
  constructor(
    private readonly realms: RealmStore,
    private readonly clients: ClientStore,
    private readonly jwt: RealmJwt,
    private readonly failures: LogoutFailures,
    private readonly clock: Clock,
    private readonly publicUrl: string | undefined,
  ) {}

  /** @throws AppError `no_signing_key` */
  async compose({ realmId, payload }: Delivery): Promise<OutboundRequest | undefined> {
    const { clientId, issuer: noted, ...notice } = payload as unknown as BackchannelLogoutPayload;
    const realm = await this.realms.byId(realmId);
    const client = realm && (await this.clients.byId(realmId, clientId));
    const url = client?.enabled ? backchannelLogoutUrl(client) : undefined;
    const issuer =
      noted ??
      (realm && this.publicUrl && `${this.publicUrl.replace(/\/+$/, '')}/realms/${encodeURIComponent(realm.name)}`);
    if (!realm || !client || url === undefined || issuer === undefined) return undefined;
    const key = await this.jwt.keyFor(realm, client, 'id.token.signed.response.alg');
    const claims = logoutTokenClaims({ ...notice, issuer, client }, this.clock.seconds());
    return {
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ logout_token: this.jwt.sign(key, claims, LOGOUT_TOKEN) }).toString(),
    };
  }

  async failed({ realmId, payload }: Delivery, failure: DeliveryFailure): Promise<void> {
    const { clientId, userId, sessionId } = payload as unknown as BackchannelLogoutPayload;
    const untold = { clientId, userId, ...(sessionId !== undefined && { sessionId }) };
    await this.failures.record(realmId, untold, failure);
  }
}
