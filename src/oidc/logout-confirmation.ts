import { AppError } from '../shared/errors.js';
import type { Clock } from '../shared/clock.js';
import type { Sealer } from '../shared/sealer.js';

/** What a person confirms on the "sign out?" page. */
export interface Confirmation {
  readonly sessionId: string;
  readonly redirectTo?: string;
  readonly clientId?: string;
}

const LIFESPAN = 5 * 60_000;

/** Carries a logout through its confirmation page, sealed: no other site can make the form, and no row is written for asking. */
export class LogoutConfirmations {
  constructor(
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  seal(realmId: string, confirmation: Confirmation): string {
    return this.sealer.seal(
      JSON.stringify({ ...confirmation, expiresAt: this.clock.now() + LIFESPAN }),
      context(realmId),
    );
  }

  /** Undefined for anything but an unaltered confirmation of the last five minutes. */
  open(realmId: string, sealed: string): Confirmation | undefined {
    try {
      const { expiresAt, ...confirmation } = JSON.parse(this.sealer.open(sealed, context(realmId))) as Confirmation & {
        expiresAt: number;
      };
      return expiresAt > this.clock.now() ? confirmation : undefined;
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    }
  }
}

const context = (realmId: string): string => `logout-confirmation:${realmId}`;
