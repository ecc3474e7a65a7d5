import { createPublicKey, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../shared/clock.js';
import { AppError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { Sealer } from '../shared/sealer.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { generateDefaultKeys } from './default-keys.js';
import { importKeys, type KeyComponent } from './key-import.js';
import { privateKeyOf, type KeyMaterial } from './key-material.js';
import type { RealmKey, RealmKeyStore } from './signing-key.js';

/** A key ready for use. For HMAC both halves are the same secret. */
export interface SigningKey {
  readonly kid: string;
  readonly algorithm: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** How long a node may go on with a list of keys that another node has changed. */
const LIST_TTL = 2_000;

/** The realm whose keys are made: its id, its name (for certificates). */
export interface KeyOwner {
  readonly id: string;
  readonly name: string;
}

/**
 * The keys of realms. Keys are made first (`generate`, `fromComponents`: slow, outside of any transaction) and stored afterwards
 * (`insert`, in the transaction that makes the realm).
 */
export class RealmKeys {
  private readonly lists = new LRUCache<
    string,
    { readonly readAt: number; readonly rows: Promise<readonly RealmKey[]> }
  >({ max: 1_000 });
  private readonly loaded = new LRUCache<string, SigningKey>({ max: 1_000 });

  constructor(
    private readonly store: RealmKeyStore,
    private readonly sealer: Sealer,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The four keys of a new realm, not stored yet. */
  async generate(realm: KeyOwner): Promise<readonly RealmKey[]> {
    return this.sealAll(realm, await generateDefaultKeys({ commonName: realm.name, now: this.clock.now() }));
  }

  /**
   * Keys of a realm file, not stored yet, with the names of providers that were skipped.
   * @throws InvalidInputError `invalid_key`
   */
  async fromComponents(
    realm: KeyOwner,
    components: readonly KeyComponent[],
  ): Promise<{ readonly keys: readonly RealmKey[]; readonly skipped: readonly string[] }> {
    const { keys, skipped } = await importKeys(components, { commonName: realm.name, now: this.clock.now() });
    return { keys: this.sealAll(realm, keys), skipped };
  }

  /** Stores keys; joins the running unit of work. */
  async insert(keys: readonly RealmKey[]): Promise<void> {
    await this.unitOfWork.run(async () => {
      for (const key of keys) await this.store.insert(key);
    });
    const forget = (): void => {
      for (const key of keys) this.lists.delete(key.realmId);
    };
    forget();
    this.unitOfWork.afterCommit(forget); // a list read while the transaction ran lacks the new keys
  }

  /** Every key of the realm, newest list within two seconds. */
  list(realmId: string): Promise<readonly RealmKey[]> {
    const now = this.clock.now();
    const known = this.lists.get(realmId);
    if (known && now - known.readAt < LIST_TTL) return known.rows;
    const rows = this.store.list(realmId);
    this.lists.set(realmId, { readAt: now, rows });
    rows.catch(() => this.lists.delete(realmId));
    return rows;
  }

  /** Public keys that may verify something now (RFC 7517 section 5), the signing ones first. */
  async publicKeys(realmId: string): Promise<readonly JsonObject[]> {
    const keys = (await this.list(realmId)).filter((key) => key.status !== 'disabled');
    return [...keys].sort(byUse).flatMap((key) => (key.publicJwk ? [key.publicJwk] : []));
  }

  /**
   * The key that signs with `algorithm` now: the active one of highest priority.
   * @returns undefined when the realm has none.
   */
  async signer(realmId: string, algorithm: string): Promise<SigningKey | undefined> {
    const [best] = (await this.list(realmId))
      .filter((key) => key.use === 'sig' && key.status === 'active' && key.algorithm === algorithm)
      .sort((a, b) => b.priority - a.priority || b.createdAt - a.createdAt);
    return best && this.load(best);
  }

  /** The key of that id and algorithm, if it may still verify signatures. */
  async verifier(realmId: string, kid: string, algorithm: string): Promise<SigningKey | undefined> {
    const found = (await this.list(realmId)).find(
      (key) => key.id === kid && key.algorithm === algorithm && key.use === 'sig' && key.status !== 'disabled',
    );
    return found && this.load(found);
  }

  private load(key: RealmKey): SigningKey {
    const cacheKey = `${key.realmId}/${key.id}`;
    const known = this.loaded.get(cacheKey);
    if (known) return known;
    const privateKey = privateKeyOf(key, this.sealer.open(key.sealedPrivate, key.id));
    const publicKey = privateKey.type === 'secret' ? privateKey : createPublicKey(privateKey);
    const ready = { kid: key.id, algorithm: key.algorithm, privateKey, publicKey };
    this.loaded.set(cacheKey, ready);
    return ready;
  }

  private sealAll(realm: KeyOwner, keys: readonly KeyMaterial[]): readonly RealmKey[] {
    return keys.map(({ privateText, ...key }) => {
      if (privateText === '') throw new AppError('empty_key', `The key "${key.name}" is empty`);
      return {
        ...key,
        realmId: realm.id,
        sealedPrivate: this.sealer.seal(privateText, key.id),
        createdAt: this.clock.now(),
      };
    });
  }
}

const byUse = (a: RealmKey, b: RealmKey): number => b.use.localeCompare(a.use) || b.priority - a.priority;
