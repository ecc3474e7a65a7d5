import type { Realm } from '../../realm/realm.js';
import type { Clock } from '../../shared/clock.js';
import { AppError } from '../../shared/errors.js';
import { newId } from '../../shared/secrets.js';
import { decodeJws, signJws, verifySignature } from '../jws.js';
import type { RealmKeys } from '../signing-keys.js';
import type { SingleUseStore } from '../single-use.js';
import { claimsOf, tokenOf, type ActionToken, type NewActionToken } from './action-token.js';

const ALGORITHM = 'HS512';

export type ActionTokenCheck =
  | { readonly kind: 'valid'; readonly token: ActionToken }
  /** Ours, and over. */
  | { readonly kind: 'expired'; readonly token: ActionToken }
  /** Ours, and of another address of this server or another realm. */
  | { readonly kind: 'foreign'; readonly token: ActionToken }
  | { readonly kind: 'invalid' };

/** Makes and checks the tokens in links of mails; only this server reads them, so the realm's HMAC key signs them. */
export class ActionTokens {
  constructor(
    private readonly keys: RealmKeys,
    private readonly singleUse: SingleUseStore,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `no_signing_key` */
  issue(realm: Realm, token: NewActionToken, issuer: string): Promise<string> {
    return this.sign(realm, { ...token, id: newId(), issuedAt: this.clock.seconds() }, issuer);
  }

  /**
   * Signs a token that exists already, changed for the page that asks whether it is to be used: under its own id, so that both are
   * used up together.
   * @throws as `issue`
   */
  async sign(realm: Realm, token: ActionToken, issuer: string): Promise<string> {
    const key = await this.keys.signerOrNew(realm, ALGORITHM);
    if (!key)
      throw new AppError('no_signing_key', 'The realm has no key to sign links with', {
        detail: `realm ${realm.name}`,
      });
    return signJws(key, claimsOf(token, issuer));
  }

  /** Checks signature, form, issuer and time, in this order; nothing of an unsigned text is believed. */
  async check(realm: Realm, text: string, issuer: string): Promise<ActionTokenCheck> {
    const decoded = decodeJws(text);
    const kid = decoded?.algorithm === ALGORITHM ? decoded.kid : undefined;
    const key = kid === undefined ? undefined : await this.keys.verifier(realm.id, kid, ALGORITHM);
    if (!decoded || !key || !verifySignature(decoded, key)) return { kind: 'invalid' };
    const token = tokenOf(decoded.claims);
    if (!token) return { kind: 'invalid' };
    if (decoded.claims['iss'] !== issuer) return { kind: 'foreign', token };
    return { kind: token.expiresAt <= this.clock.seconds() ? 'expired' : 'valid', token };
  }

  /** Whether a link was used up. */
  isSpent(realm: Pick<Realm, 'id'>, { id }: Pick<ActionToken, 'id'>): Promise<boolean> {
    return this.singleUse.isTaken(realm.id, nameOf(id), this.clock.now());
  }

  /** Uses a link up, in the running unit of work; false when it was used up before. */
  spend(realm: Pick<Realm, 'id'>, { id, expiresAt }: Pick<ActionToken, 'id' | 'expiresAt'>): Promise<boolean> {
    const now = this.clock.now();
    return this.singleUse.take(realm.id, nameOf(id), now, Math.max(expiresAt * 1000, now) + 1);
  }
}

const nameOf = (tokenId: string): string => `action-token:${tokenId}`;
