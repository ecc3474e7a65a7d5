import type { Realm } from '../realm/realm.js';
import type { Clock } from '../shared/clock.js';
import { hashSecret, newSecret } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { AuthorizationCode, AuthorizationCodeStore } from './authorization-code.js';

/** What a login fixes in a code. */
export type CodeGrant = Omit<AuthorizationCode, 'hash' | 'realmId' | 'expiresAt'>;

export type Redemption =
  | { readonly kind: 'redeemed'; readonly code: AuthorizationCode }
  /** Seen before: whatever the first use gave is to be taken back (RFC 6749 section 4.1.2). */
  | { readonly kind: 'replayed'; readonly code: AuthorizationCode }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

/** Authorization codes: 256 random bits each, stored as their hash, good for one use within `accessCodeLifespan`. */
export class AuthorizationCodes {
  constructor(
    private readonly store: AuthorizationCodeStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Stores a new code in the running unit of work and gives it in the clear, for the redirect. */
  async issue(realm: Realm, grant: CodeGrant): Promise<string> {
    const code = newSecret();
    const expiresAt = this.clock.now() + realm.settings.accessCodeLifespan * 1000;
    await this.unitOfWork.run(() =>
      this.store.insert({ ...grant, realmId: realm.id, hash: hashSecret(code), expiresAt }),
    );
    return code;
  }

  /** Takes a code out of use; of parallel callers exactly one gets `redeemed`. */
  async redeem(realm: Realm, code: string): Promise<Redemption> {
    const found = await this.unitOfWork.run(() => this.store.redeem(realm.id, hashSecret(code)));
    if (!found) return { kind: 'unknown' };
    if (!found.first) return { kind: 'replayed', code: found.code };
    return found.code.expiresAt > this.clock.now() ? { kind: 'redeemed', code: found.code } : { kind: 'expired' };
  }
}
