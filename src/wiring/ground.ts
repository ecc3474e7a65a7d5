import type { Settings } from '../config/settings.js';
import type { Stores } from '../persistence/stores.js';
import type { Clock } from '../shared/clock.js';
import type { Sealer } from '../shared/sealer.js';
import type { Instruments } from './instruments.js';
import type { Logger } from 'pino';

/** What the outside gives to the framework-free middle. */
export interface Ground {
  readonly settings: Settings;
  readonly stores: Stores;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly instruments: Instruments;
  /** 256 bits from which one-time codes of pages are derived. */
  readonly sessionCodeKey: Buffer;
}
