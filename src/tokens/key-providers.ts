import type { RealmKey } from './signing-key.js';

/** Provider type of keys among the components of a realm. */
export const KEY_PROVIDER_TYPE = 'org.keycloak.keys.KeyProvider';

/** What a config member of a key provider may be. The label is the one error sentences name. */
export interface KeyConfigRule {
  readonly key: string;
  readonly label: string;
  /** A list: one of its words. */
  readonly value: 'number' | 'flag' | 'text' | readonly string[];
  readonly required?: boolean;
  /** Never shown. */
  readonly secret?: boolean;
  /** What consoles fill in at first. */
  readonly defaultValue?: string | number | boolean;
  /** What consoles offer, where they offer less, or call it something else, than is accepted. */
  readonly offered?: { readonly label?: string; readonly values?: readonly string[]; readonly isFile?: true };
}

/** A kind of component that provides a key. */
export interface KeyProvider {
  readonly id: string;
  readonly use: RealmKey['use'];
  readonly kind: 'rsa' | 'ec' | 'okp' | 'secret';
  /** False where an administrator brings the key. */
  readonly generated: boolean;
  /** Algorithm of a key whose config names none. */
  readonly algorithm: string;
  /** Member that names the algorithm; absent where there is no choice. */
  readonly algorithmMember?: string;
  /** Member that names the curve, and what each curve is for where that decides the algorithm. */
  readonly curve?: {
    readonly member: string;
    readonly default: string;
    readonly algorithms?: Readonly<Record<string, string>>;
  };
  /** Member in which a realm file carries the private key or the secret. */
  readonly keyMember: string;
  readonly rules: readonly KeyConfigRule[];
}

const SIGNING_RSA = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
const ENCRYPTING_RSA = ['RSA1_5', 'RSA-OAEP', 'RSA-OAEP-256'];
const MACS = ['HS256', 'HS384', 'HS512'];
const CURVES = ['P-256', 'P-384', 'P-521'];
const AGREEMENTS = ['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW'];

/** Of every key provider. */
const COMMON: readonly KeyConfigRule[] = [
  { key: 'priority', label: 'Priority', value: 'number', defaultValue: '0' },
  { key: 'enabled', label: 'Enabled', value: 'flag', defaultValue: 'true' },
  { key: 'active', label: 'Active', value: 'flag', defaultValue: 'true' },
];
const algorithm = (value: readonly string[], defaultValue: string): KeyConfigRule => ({
  key: 'algorithm',
  label: 'Algorithm',
  value,
  defaultValue,
});
// Below 2048 bits a key is refused (NIST SP 800-57: 112 bits of security).
const keySize: KeyConfigRule = {
  key: 'keySize',
  label: 'Key size',
  value: ['2048', '3072', '4096'],
  defaultValue: 2048,
};
/** Bytes. The reference takes, and names in its refusal, the same sizes for every kind of secret. */
const secretSize: KeyConfigRule = {
  key: 'secretSize',
  label: 'Secret size',
  value: ['16', '24', '32', '64', '128', '256', '512'],
  defaultValue: '128',
};
const curve = (key: string, value: readonly string[]): KeyConfigRule => ({
  key,
  label: 'Elliptic Curve',
  value,
  ...(value[0] !== undefined && { defaultValue: value[0] }),
});
const certificate: KeyConfigRule = {
  key: 'ecGenerateCertificate',
  label: 'Generate Certificate',
  value: 'flag',
  defaultValue: false,
};

const rsa = (
  id: string,
  use: RealmKey['use'],
  algorithms: readonly string[],
  more: readonly KeyConfigRule[],
): KeyProvider => ({
  id,
  use,
  kind: 'rsa',
  generated: id.endsWith('-generated'),
  algorithm: use === 'sig' ? 'RS256' : 'RSA-OAEP',
  algorithmMember: 'algorithm',
  keyMember: 'privateKey',
  rules: [...COMMON, ...more, algorithm(algorithms, use === 'sig' ? 'RS256' : 'RSA-OAEP')],
});

const OWN_KEY: readonly KeyConfigRule[] = [
  {
    key: 'privateKey',
    label: 'Private RSA Key',
    value: 'text',
    required: true,
    secret: true,
    offered: { isFile: true },
  },
  { key: 'certificate', label: 'X509 Certificate', value: 'text', offered: { isFile: true } },
  { key: 'keyUse', label: 'Key use', value: ['SIG', 'ENC', 'sig', 'enc'] },
];

const secret = (id: string, use: RealmKey['use'], name: string, more: readonly KeyConfigRule[]): KeyProvider => ({
  id,
  use,
  kind: 'secret',
  generated: true,
  algorithm: name,
  ...(use === 'sig' ? { algorithmMember: 'algorithm' } : {}),
  keyMember: 'secret',
  rules: [...COMMON, ...more],
});

const hmacRules = [secretSize, algorithm(MACS, 'HS512')];
const aesSize: KeyConfigRule = {
  ...secretSize,
  defaultValue: '32',
  offered: { label: 'AES Key size', values: ['16', '24', '32'] },
};

const ALL: readonly KeyProvider[] = [
  rsa('rsa', 'sig', [...SIGNING_RSA, ...ENCRYPTING_RSA], OWN_KEY),
  rsa('rsa-enc', 'enc', ENCRYPTING_RSA, OWN_KEY),
  rsa('rsa-generated', 'sig', SIGNING_RSA, [keySize]),
  rsa('rsa-enc-generated', 'enc', ENCRYPTING_RSA, [keySize]),
  secret('hmac-generated', 'sig', 'HS256', hmacRules),
  secret('hmac-generated-hs512', 'sig', 'HS512', hmacRules),
  secret('aes-generated', 'enc', 'AES', [aesSize]),
  {
    id: 'ecdsa-generated',
    use: 'sig',
    kind: 'ec',
    generated: true,
    algorithm: 'ES256',
    curve: {
      member: 'ecdsaEllipticCurveKey',
      default: 'P-256',
      algorithms: { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' },
    },
    keyMember: 'ecdsaPrivateKey',
    rules: [...COMMON, certificate, curve('ecdsaEllipticCurveKey', CURVES)],
  },
  {
    id: 'ecdh-generated',
    use: 'enc',
    kind: 'ec',
    generated: true,
    algorithm: 'ECDH-ES',
    algorithmMember: 'ecdhAlgorithm',
    curve: { member: 'ecdhEllipticCurveKey', default: 'P-256' },
    keyMember: 'ecdhPrivateKey',
    rules: [
      ...COMMON,
      certificate,
      curve('ecdhEllipticCurveKey', CURVES),
      { key: 'ecdhAlgorithm', label: 'Algorithm', value: AGREEMENTS, defaultValue: 'ECDH-ES' },
    ],
  },
  {
    id: 'eddsa-generated',
    use: 'sig',
    kind: 'okp',
    generated: true,
    algorithm: 'EdDSA',
    curve: { member: 'eddsaEllipticCurveKey', default: 'Ed25519' },
    keyMember: 'eddsaPrivateKey',
    rules: [...COMMON, curve('eddsaEllipticCurveKey', ['Ed25519', 'Ed448'])],
  },
];

/** Every key provider by id. Those that read keys from files of the server are not among them. */
export const KEY_PROVIDERS: ReadonlyMap<string, KeyProvider> = new Map(ALL.map((provider) => [provider.id, provider]));

/** Providers that read keys from files of the server: an admin of one realm must not choose paths. */
export const FILE_PROVIDERS: ReadonlySet<string> = new Set(['java-keystore']);

/** The provider that makes keys of a signature algorithm, and the config that asks it for them. */
export function generatorOf(algorithmName: string): { readonly providerId: string; readonly config: KeyConfig } {
  const config = { algorithm: [algorithmName] };
  if (/^(RS|PS)/.test(algorithmName)) return { providerId: 'rsa-generated', config };
  if (algorithmName.startsWith('HS')) return { providerId: 'hmac-generated', config };
  if (algorithmName === 'EdDSA')
    return { providerId: 'eddsa-generated', config: { eddsaEllipticCurveKey: ['Ed25519'] } };
  const byCurve = KEY_PROVIDERS.get('ecdsa-generated')?.curve?.algorithms ?? {};
  const [name = 'P-256'] = Object.keys(byCurve).filter((each) => byCurve[each] === algorithmName);
  return { providerId: 'ecdsa-generated', config: { ecdsaEllipticCurveKey: [name] } };
}

/** Config of a component: every value in a list of one. */
export type KeyConfig = Readonly<Record<string, readonly string[]>>;
