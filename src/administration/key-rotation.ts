import type { ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { Clock } from '../shared/clock.js';
import { InvalidInputError } from '../shared/errors.js';
import { generateKey } from '../tokens/default-keys.js';
import { generatorOf, type KeyConfig } from '../tokens/key-providers.js';
import { longestTokenLife } from '../tokens/longest-token-life.js';
import { SIGNATURE_ALGORITHMS } from '../tokens/signature-algorithms.js';
import { statusAt, type RealmKey, type RealmKeyStore } from '../tokens/signing-key.js';
import type { RealmKeys } from '../tokens/signing-keys.js';

/** How a rotation goes about. */
export interface RotationPolicy {
  /** Milliseconds for which the new key is only published, so that applications that keep the list of keys have it before it signs. */
  readonly publishAhead: number;
}

/** What became of a rotation. */
export type RotationResult =
  /** `signsFrom` in milliseconds: until then the old key signs. */
  | { readonly kind: 'rotated'; readonly kid: string; readonly signsFrom: number }
  /** Somebody else was at it, or the last rotation is not over: nothing was changed. */
  | { readonly kind: 'under_way' };

const ROTATION_POLICY: RotationPolicy = { publishAhead: 5 * 60_000 };

/** Members of a config that belong to one key and not to its successor. */
const OF_ONE_KEY = ['certificate', 'privateKey', 'keyUse', 'active', 'enabled'];

/** Replaces signing keys while tokens of the old ones stay good. */
export class KeyRotation {
  constructor(
    private readonly keys: RealmKeys,
    private readonly store: RealmKeyStore,
    private readonly clients: ClientStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a successor for the key that signs with an algorithm. It is published at once and signs after `publishAhead`; from then on
   * the old one only verifies, for as long as a token it signed may be of use. Of nodes that do this together one succeeds.
   * @throws InvalidInputError `unknown_algorithm`
   */
  async rotate(realm: Realm, algorithm: string, policy: RotationPolicy = ROTATION_POLICY): Promise<RotationResult> {
    if (!SIGNATURE_ALGORITHMS.has(algorithm))
      throw new InvalidInputError('unknown_algorithm', `Unknown algorithm "${algorithm}"`, { field: 'algorithm' });
    const old = await this.keys.signingKey(realm.id, algorithm);
    const now = this.clock.now();
    if (old?.signsUntil !== undefined) return { kind: 'under_way' };
    if (!old) {
      const made = await this.keys.signerOrNew(realm, algorithm);
      return made ? { kind: 'rotated', kid: made.kid, signsFrom: now } : { kind: 'under_way' };
    }
    const signsFrom = now + policy.publishAhead;
    const material = await generateKey(successorOf(old), { commonName: realm.name, now });
    const successor: RealmKey = { ...this.keys.seal(realm, material), signsFrom };
    const life = await this.lifeOf(realm, algorithm);
    const bounds = { signsUntil: signsFrom, ...(life === Infinity ? {} : { verifiesUntil: signsFrom + life * 1000 }) };
    const done = await this.keys.changing([realm.id], async () => {
      if (!(await this.store.retire(realm.id, old.id, bounds))) return false;
      return this.store.insert(successor);
    });
    return done ? { kind: 'rotated', kid: successor.id, signsFrom } : { kind: 'under_way' };
  }

  /**
   * Rotates the signing keys that are older than `maxAge` (milliseconds); keys that an administrator brought are left to him.
   * @returns the algorithms that got a new key
   */
  async rotateOld(realm: Realm, maxAge: number, policy?: RotationPolicy): Promise<readonly string[]> {
    const now = this.clock.now();
    const due = (await this.keys.list(realm.id)).filter(
      (key) => key.use === 'sig' && key.createdAt <= now - maxAge && statusAt(key, now) === 'active',
    );
    const rotated: string[] = [];
    for (const algorithm of new Set(due.map((key) => key.algorithm))) {
      const signing = await this.keys.signingKey(realm.id, algorithm);
      if (!due.some(({ id }) => id === signing?.id) || signing?.providerId === 'rsa') continue;
      if ((await this.rotate(realm, algorithm, policy)).kind === 'rotated') rotated.push(algorithm);
    }
    return rotated;
  }

  private async lifeOf(realm: Realm, algorithm: string): Promise<number> {
    const clients = await this.clients.list(realm.id, {});
    return longestTokenLife(realm.settings, clients, algorithm.startsWith('HS'));
  }
}

/** A component like that of the old key, of a provider that makes keys. */
function successorOf(old: RealmKey): {
  readonly name: string;
  readonly providerId: string;
  readonly config: KeyConfig;
} {
  const { providerId, config } = generatorOf(old.algorithm);
  const kept = old.providerId === providerId ? old.config : {};
  const inherited = Object.entries(kept).filter(([member]) => !OF_ONE_KEY.includes(member));
  return {
    name: old.name,
    providerId,
    config: { ...Object.fromEntries(inherited), ...config, priority: [String(old.priority)] },
  };
}
