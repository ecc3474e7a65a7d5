import type { DeliveryFailure } from '../deliveries/delivery.js';
import type { EventRecorder } from '../events/event-recorder.js';
import type { ClientStore } from '../realm/client.js';
import type { RealmStore } from '../realm/realm.js';

/** Whom an application could not be told about. */
export interface UntoldLogout {
  /** Internal id of the application. */
  readonly clientId: string;
  readonly userId?: string;
  readonly sessionId?: string;
}

/** Writes the event of a logout that an application did not take: when the first attempt failed, and when no other will follow. */
export class LogoutFailures {
  constructor(
    private readonly realms: RealmStore,
    private readonly clients: ClientStore,
    private readonly recorder: EventRecorder,
  ) {}

  /** Joins the running unit of work. */
  async record(realmId: string, untold: UntoldLogout, { reason, final }: DeliveryFailure): Promise<void> {
    const realm = await this.realms.byId(realmId);
    const client = realm && (await this.clients.byId(realmId, untold.clientId));
    if (!realm || !client) return;
    await this.recorder.record(
      { ...realm.settings, id: realm.id },
      {
        ...untold,
        type: 'LOGOUT_ERROR',
        clientId: client.clientId,
        error: 'logout_failed',
        details: { reason, ...(final ? { given_up: 'true' } : {}) },
      },
    );
  }
}
