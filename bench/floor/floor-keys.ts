import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
  type KeyObject,
} from 'node:crypto';

/** What the floor signs with: access and ID tokens with the first two, refresh tokens and codes with the last. */
export type FloorAlgorithm = 'RS256' | 'ES256' | 'HS512';

export type Claims = Readonly<Record<string, unknown>>;

/** Secrets as texts, so that one process can hand them to others. */
export interface StoredKeys {
  /** PEM (PKCS #8). */
  readonly rsa: string;
  /** PEM (PKCS #8). */
  readonly ec: string;
  /** Base64. */
  readonly secret: string;
}

/** New keys, as large as those of a new realm. */
export function newKeys(): StoredKeys {
  const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
  return {
    rsa: pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
    ec: pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
    secret: randomBytes(128).toString('base64'),
  };
}

/** Signs and checks compact tokens with node:crypto, as directly as can be. Independent of the server's own code on purpose. */
export class FloorKeys {
  private readonly privateKeys: Readonly<Record<'RS256' | 'ES256', KeyObject>>;
  private readonly publicKeys: Readonly<Record<'RS256' | 'ES256', KeyObject>>;
  private readonly secret: Buffer;

  constructor({ rsa, ec, secret }: StoredKeys) {
    this.privateKeys = { RS256: createPrivateKey(rsa), ES256: createPrivateKey(ec) };
    this.publicKeys = { RS256: createPublicKey(rsa), ES256: createPublicKey(ec) };
    this.secret = Buffer.from(secret, 'base64');
  }

  sign(algorithm: FloorAlgorithm, claims: Claims): string {
    const input = `${HEADERS[algorithm]}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
    const signature =
      algorithm === 'HS512'
        ? this.hmac(input)
        : sign('sha256', Buffer.from(input), { key: this.privateKeys[algorithm], dsaEncoding: 'ieee-p1363' });
    return `${input}.${signature.toString('base64url')}`;
  }

  /** The claims of a token of one of the algorithms that is not over; undefined for any other text. */
  check(algorithms: readonly FloorAlgorithm[], token: string): Claims | undefined {
    const [header = '', payload = '', signature = ''] = token.split('.');
    const algorithm = algorithms.find((each) => HEADERS[each] === header);
    if (algorithm === undefined) return undefined;
    const input = `${header}.${payload}`;
    if (!this.isSignedBy(algorithm, input, Buffer.from(signature, 'base64url'))) return undefined;
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
    return Number(claims['exp']) > Date.now() / 1000 ? claims : undefined;
  }

  private isSignedBy(algorithm: FloorAlgorithm, input: string, signature: Buffer): boolean {
    if (algorithm === 'HS512') {
      const expected = this.hmac(input);
      return expected.length === signature.length && timingSafeEqual(expected, signature);
    }
    const key = { key: this.publicKeys[algorithm], dsaEncoding: 'ieee-p1363' } as const;
    return verify('sha256', Buffer.from(input), key, signature);
  }

  private hmac(input: string): Buffer {
    return createHmac('sha512', this.secret).update(input).digest();
  }
}

/** Left half of the hash of an access token (`at_hash`, OpenID Connect Core section 3.1.3.6). */
export const halfHash = (text: string): string =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');

const header = (alg: FloorAlgorithm): string =>
  Buffer.from(JSON.stringify({ alg, typ: 'JWT', kid: `floor-${alg}` })).toString('base64url');
const HEADERS = { RS256: header('RS256'), ES256: header('ES256'), HS512: header('HS512') } as const;
