import type { DeliveryQueue, NewDelivery } from '../deliveries/delivery.js';
import type { AdminEvent } from '../events/admin-events.js';
import type { AuthEvent } from '../events/auth-events.js';
import { EventListener, type Announcement } from '../events/event-listener.js';
import type { Realm, RealmStore } from '../realm/realm.js';
import { toAdminEventRepresentation, toEventRepresentation } from '../representations/event-representation.js';
import type { JsonObject } from '../shared/json.js';
import { WEBHOOK_LISTENER, webhookSettings } from './webhook-settings.js';

/** Kind of the deliveries that carry an event. */
export const WEBHOOK = 'webhook';

/** What a delivery of kind `webhook` keeps until it is sent. */
export interface WebhookPayload {
  readonly url: string;
  /** Id of the event, the same for every address and attempt. */
  readonly eventId: string;
  readonly body: JsonObject;
}

/** Queues a signed message to each address of the realm, in the transaction that records the event. */
export class WebhookListener extends EventListener {
  override readonly id = WEBHOOK_LISTENER;

  constructor(
    private readonly realms: RealmStore,
    private readonly queue: DeliveryQueue,
  ) {
    super();
  }

  override async onEvent(event: AuthEvent): Promise<Announcement | undefined> {
    const { realmId, type, userId } = event;
    return this.announce(realmId, type, userId, event, (realm) =>
      bodyOf(realm, `event.${type}`, event.time, toEventRepresentation(event)),
    );
  }

  override async onAdminEvent(event: AdminEvent): Promise<Announcement | undefined> {
    const type = `admin.${event.resourceType}.${event.operationType}`;
    return this.announce(event.realmId, 'admin', userOf(event), event, (realm) =>
      bodyOf(realm, type, event.time, toAdminEventRepresentation(event)),
    );
  }

  private async announce(
    realmId: string,
    type: string,
    userId: string | undefined,
    { id: eventId }: { readonly id: string },
    body: (realm: Realm) => JsonObject,
  ): Promise<Announcement | undefined> {
    const realm = await this.realms.byId(realmId);
    if (!realm) return undefined;
    const { urls, wants } = webhookSettings(realm);
    if (urls.length === 0 || !wants(type)) return undefined;
    const deliveries = urls.map((url): NewDelivery => {
      const payload: WebhookPayload = { url, eventId, body: body(realm) };
      const about = userId === undefined ? {} : { userId };
      return { realmId, kind: WEBHOOK, receiver: receiverOf(url), payload: { ...payload }, ...about };
    });
    return () => this.queue.enqueue(deliveries);
  }
}

/** The form that Standard Webhooks recommends: what happened, when, and the thing itself as the Admin API shows it. */
const bodyOf = ({ name }: Realm, type: string, time: number, data: JsonObject): JsonObject => ({
  type,
  timestamp: new Date(time).toISOString(),
  realm: name,
  data,
});

/** Whom an administrator changed. */
const userOf = ({ resourcePath }: AdminEvent): string | undefined => /^users\/([^/]+)/.exec(resourcePath)?.[1];

/** The address as administrators see it: what stands behind a question mark may be a secret. */
function receiverOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
