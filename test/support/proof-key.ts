import { createHash, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, SignJWT, type JWK } from 'jose';

/** What a proof says, and how it is made; everything has a usual value. */
export interface ProofText {
  readonly jti?: string;
  readonly htm?: string;
  readonly htu?: string;
  /** Seconds. */
  readonly iat?: number;
  readonly accessToken?: string;
  readonly typ?: string;
  /** The key it shows; its own when absent. */
  readonly jwk?: JWK;
}

/** A key of an application, with which it proves that a token is its own (RFC 9449). */
export class ProofKey {
  private constructor(
    private readonly privateKey: KeyObject,
    readonly jwk: JWK,
    /** Thumbprint. */
    readonly jkt: string,
    private readonly now: () => number,
  ) {}

  /** @param clock whose time proofs bear */
  static async make(clock: { seconds(): number }): Promise<ProofKey> {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = publicKey.export({ format: 'jwk' }) as JWK;
    return new ProofKey(privateKey, jwk, await calculateJwkThumbprint(jwk), () => clock.seconds());
  }

  /** The private key as an attacker's carelessness would show it. */
  get privateJwk(): JWK {
    return this.privateKey.export({ format: 'jwk' });
  }

  /** A proof for one request. */
  proof(url: string, { accessToken, typ = 'dpop+jwt', jwk = this.jwk, ...said }: ProofText = {}): Promise<string> {
    const claims = { jti: randomUUID(), htm: 'POST', htu: url, iat: this.now(), ...said };
    const ath = accessToken === undefined ? {} : { ath: createHash('sha256').update(accessToken).digest('base64url') };
    return new SignJWT({ ...claims, ...ath }).setProtectedHeader({ alg: 'ES256', typ, jwk }).sign(this.privateKey);
  }
}
