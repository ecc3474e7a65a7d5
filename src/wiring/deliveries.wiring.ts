import type { Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import { isDevelopment } from '../config/network-settings.js';
import type { Settings } from '../config/settings.js';
import { DeliveryRunner, type DeliveryLog } from '../deliveries/delivery-runner.js';
import { DeliverySignal } from '../deliveries/delivery-signal.js';
import { DeliveryQueue, DeliveryStore } from '../deliveries/delivery.js';
import { Outbox } from '../deliveries/outbox.js';
import { EventListener } from '../events/event-listener.js';
import { OutboundClient } from '../infrastructure/outbound-client.js';
import { OutboundNetworks } from '../infrastructure/outbound-networks.js';
import { EventRecorder } from '../events/event-recorder.js';
import { AdminActions } from '../logout/admin-actions.js';
import { AdminLogout } from '../logout/admin-logout.js';
import { AdminPushes } from '../logout/admin-pushes.js';
import { LogoutFailures } from '../logout/logout-failures.js';
import { BackchannelLogout } from '../logout/backchannel-logout.js';
import { ClientStore } from '../realm/client.js';
import { RealmStore } from '../realm/realm.js';
import { Clock } from '../shared/clock.js';
import { readOpenedNetworks } from '../shared/opened-networks.js';
import { Sealer } from '../shared/sealer.js';
import { Outbound } from '../shared/outbound.js';
import { UnitOfWork } from '../shared/unit-of-work.js';
import { RealmJwt } from '../tokens/jwt.js';
import { WebhookListener } from '../webhooks/webhook-listener.js';
import { WebhookMessage } from '../webhooks/webhook-message.js';
import type { Ground } from './ground.js';
import type { Instruments } from './instruments.js';
import { make, value, wire } from './wire.js';

/** Calls that leave the server, at once and by the outbox. */
export const deliveries = ({ settings, logger, instruments }: Ground): Provider[] => [
  value(Outbound, watched(outboundClient(settings), instruments)),
  wire(DeliverySignal, []),
  make(
    DeliveryQueue,
    [DeliveryStore, DeliverySignal, UnitOfWork, Clock],
    (store, signal, unitOfWork, clock) => new Outbox(store, signal, unitOfWork, clock),
  ),
  make(
    BackchannelLogout,
    [RealmStore, ClientStore, RealmJwt, LogoutFailures, Clock],
    (...parts) => new BackchannelLogout(...parts, settings.publicUrl),
  ),
  wire(LogoutFailures, [RealmStore, ClientStore, EventRecorder]),
  wire(AdminActions, [RealmJwt, Clock]),
  wire(AdminPushes, [AdminActions, Outbound, Clock]),
  wire(AdminLogout, [RealmStore, ClientStore, AdminActions, LogoutFailures, Clock]),
  make(EventListener, [RealmStore, DeliveryQueue], (realms, queue) => new WebhookListener(realms, queue)),
  wire(WebhookMessage, [RealmStore, Sealer, Clock]),
  // Each kind of delivery has a composer: they stand last.
  make(
    DeliveryRunner,
    [DeliveryStore, Outbound, UnitOfWork, Clock, BackchannelLogout, AdminLogout, WebhookMessage],
    (store, outbound, unitOfWork, clock, ...composers) =>
      new DeliveryRunner(store, composers, outbound, logOf(logger), unitOfWork, clock, instruments.deliveries),
  ),
];

const logOf = (logger: Logger): DeliveryLog => ({
  givenUp: ({ id, realmId, kind, receiver, attempts }, reason) =>
    logger.warn({ delivery: id, realm: realmId, kind, receiver, attempts, reason }, 'A delivery was given up'),
  broke: (error) => logger.error({ err: error }, 'A delivery could not be handled'),
});

const watched = (client: Outbound, { outbound }: Instruments): Outbound => (outbound ? outbound(client) : client);

function outboundClient(settings: Settings): OutboundClient {
  const opened = readOpenedNetworks(settings.outboundAllow ?? '');
  if ('wrong' in opened) throw new Error('The settings were checked when they were read');
  return new OutboundClient(new OutboundNetworks(opened, isDevelopment(settings)));
}
