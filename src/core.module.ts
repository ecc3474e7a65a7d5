import type { Provider } from '@nestjs/common';
import { administration } from './wiring/administration.wiring.js';
import { deliveries } from './wiring/deliveries.wiring.js';
import { flows } from './wiring/flows.wiring.js';
import type { Ground } from './wiring/ground.js';
import { login } from './wiring/login.wiring.js';
import { logout } from './wiring/logout.wiring.js';
import { mail } from './wiring/mail.wiring.js';
import { ports } from './wiring/ports.wiring.js';
import { realmFiles } from './wiring/realm-files.wiring.js';
import { realm } from './wiring/realm.wiring.js';
import { tokens } from './wiring/tokens.wiring.js';

/** Every class that knows nothing of Nest, wired to its ports; nothing else. One file per feature in `wiring/`. */
export const coreProviders = (ground: Ground): Provider[] => [
  ...ports(ground),
  ...deliveries(ground),
  ...realm(ground),
  ...logout,
  ...tokens,
  ...mail(ground),
  ...flows(ground),
  ...login(ground),
  ...realmFiles(ground),
  ...administration,
];
