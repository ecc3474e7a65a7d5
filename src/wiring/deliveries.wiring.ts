import type { Provider } from '@nestjs/common';
import { isDevelopment, type Settings } from '../config/settings.js';
import { OutboundClient } from '../infrastructure/outbound-client.js';
import { OutboundNetworks } from '../infrastructure/outbound-networks.js';
import { readOpenedNetworks } from '../shared/opened-networks.js';
import { Outbound } from '../shared/outbound.js';
import type { Ground } from './ground.js';
import { value } from './wire.js';

/** Calls that leave the server, at once and by the outbox. */
export const deliveries = ({ settings }: Ground): Provider[] => [value(Outbound, outboundClient(settings))];

function outboundClient(settings: Settings): OutboundClient {
  const opened = readOpenedNetworks(settings.outboundAllow ?? '');
  if ('wrong' in opened) throw new Error('The settings were checked when they were read');
  return new OutboundClient(new OutboundNetworks(opened, isDevelopment(settings)));
}
