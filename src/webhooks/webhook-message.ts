import type { Delivery, DeliveryComposer } from '../deliveries/delivery.js';
import type { RealmStore } from '../realm/realm.js';
import { wordsOf } from '../representations/secret-attributes.js';
import type { Clock } from '../shared/clock.js';
import type { OutboundRequest } from '../shared/outbound.js';
import type { Sealer } from '../shared/sealer.js';
import { WEBHOOK, type WebhookPayload } from './webhook-listener.js';
import { SECRETS, signingKey, webhookSettings } from './webhook-settings.js';
import { webhookSignature } from './webhook-signature.js';

/**
 * Makes the request that tells a receiver of an event (Standard Webhooks 1.0). It is signed when it is sent: with the secrets that the
 * realm has then, and with the time of the attempt, which receivers check.
 */
export class WebhookMessage implements DeliveryComposer {
  readonly kind = WEBHOOK;

  constructor(
    private readonly realms: RealmStore,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  /** Undefined when the realm does not name the address any more. @throws AppError `unsealing_failed` */
  async compose({ realmId, payload }: Delivery): Promise<OutboundRequest | undefined> {
    const { url, eventId, body } = payload as unknown as WebhookPayload;
    const realm = await this.realms.byId(realmId);
    const sealed = realm?.attributes[SECRETS];
    if (!realm || sealed === undefined || !webhookSettings(realm).urls.includes(url)) return undefined;
    const keys = wordsOf(this.sealer.open(sealed, realmId)).flatMap((secret) => signingKey(secret) ?? []);
    const message = { id: eventId, timestamp: this.clock.seconds(), body: JSON.stringify(body) };
    return {
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        'webhook-id': message.id,
        'webhook-timestamp': String(message.timestamp),
        'webhook-signature': webhookSignature(message, keys),
      },
      body: message.body,
    };
  }
}
