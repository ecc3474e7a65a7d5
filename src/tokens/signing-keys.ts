import { createPublicKey, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../shared/clock.js';
import { AppError, ConflictError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { Sealer } from '../shared/sealer.js';
import { derivedId, newId } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { generateDefaultKeys, generateKey } from './default-keys.js';
import { importKeys } from './key-import.js';
import type { KeyComponent } from './key-maker.js';
import { privateKeyOf, type KeyMaterial } from './key-material.js';
import { generatorOf } from './key-providers.js';
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.js';
import { statusAt, type RealmKey, type RealmKeyStore } from './signing-key.js';

/** A key ready for use. For HMAC both halves are the same secret. */
export interface SigningKey {
  readonly kid: string;
  readonly algorithm: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** How long a node may go on with a list of keys that another node has changed. */
const LIST_TTL = 1_000;
/** How soon a list is read again for a key id that it lacks: another node may just have made that key. */
const UNKNOWN_KEY_TTL = 200;
/** Of keys that nobody ordered: any other key of the algorithm comes first. */
const FALLBACK_PRIORITY = '-100';

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
  private readonly inTheMaking = new Map<string, Promise<void>>();

  constructor(
    private readonly store: RealmKeyStore,
    private readonly sealer: Sealer,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The four keys of a new realm, not stored yet. */
  async generate(realm: KeyOwner): Promise<readonly RealmKey[]> {
    const made = await generateDefaultKeys({ commonName: realm.name, now: this.clock.now() });
    return made.map((key) => this.seal(realm, key));
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
    // Of keys with one priority the newest comes first: they keep the order of the file.
    const sealed = keys.map((key) => this.seal(realm, key));
    const now = this.clock.now();
    return { keys: sealed.map((key, at) => ({ ...key, createdAt: now - at })), skipped };
  }

  /** A key of the realm as it is stored. */
  seal(realm: KeyOwner, { privateText, componentId = newId(), ...key }: KeyMaterial): RealmKey {
    if (privateText === '') throw new AppError('empty_key', `The key "${key.name}" is empty`);
    return {
      ...key,
      realmId: realm.id,
      componentId,
      sealedPrivate: this.sealer.seal(privateText, key.id),
      createdAt: this.clock.now(),
    };
  }

  /** The private half of a stored key, in the clear. */
  open(key: RealmKey): string {
    return this.sealer.open(key.sealedPrivate, key.id);
  }

  /** Stores keys; joins the running unit of work. @throws ConflictError `duplicate_resource` when one is there already */
  insert(keys: readonly RealmKey[]): Promise<void> {
    return this.changing(
      keys.map(({ realmId }) => realmId),
      async () => {
        for (const key of keys)
          if (!(await this.store.insert(key)))
            throw new ConflictError('duplicate_resource', 'The realm has this key already');
      },
    );
  }

  /** Reads the keys of a realm anew when they are needed next. */
  forget(realmId: string): void {
    this.lists.delete(realmId);
  }

  /** Runs a change of keys of realms as a unit of work, and forgets what was known of them. */
  async changing<T>(realmIds: readonly string[], work: () => Promise<T>): Promise<T> {
    const result = await this.unitOfWork.run(work);
    const forget = (): void => {
      for (const realmId of realmIds) this.lists.delete(realmId);
    };
    forget();
    this.unitOfWork.afterCommit(forget); // a list read while the transaction ran lacks the change
    return result;
  }

  /** Every key of the realm, newest list within two seconds. */
  list(realmId: string): Promise<readonly RealmKey[]> {
    return this.listWithin(realmId, LIST_TTL);
  }

  /**
   * Public keys that may verify something now (RFC 7517 section 5), the signing ones first. Read anew every time: a key is stored
   * before it signs, so whoever has a token in hands finds its key here, on whichever node.
   */
  async publicKeys(realmId: string): Promise<readonly JsonObject[]> {
    const now = this.clock.now();
    const keys = (await this.listWithin(realmId, 0)).filter((key) => statusAt(key, now) !== 'disabled');
    return [...keys].sort(byUse).flatMap((key) => (key.publicJwk ? [key.publicJwk] : []));
  }

  /**
   * The key that signs with `algorithm` now: the active one of highest priority.
   * @returns undefined when the realm has none.
   */
  async signer(realmId: string, algorithm: string): Promise<SigningKey | undefined> {
    const best = await this.signingKey(realmId, algorithm);
    return best && this.load(best);
  }

  /** As `signer`, as it is stored. */
  async signingKey(realmId: string, algorithm: string): Promise<RealmKey | undefined> {
    const now = this.clock.now();
    const [best] = (await this.list(realmId))
      .filter((key) => key.use === 'sig' && key.algorithm === algorithm && statusAt(key, now) === 'active')
      .sort((a, b) => b.priority - a.priority || b.createdAt - a.createdAt);
    return best;
  }

  /**
   * As `signer`, but a realm that has no key for the algorithm gets one, as at Keycloak: once, whichever nodes find that out at
   * the same time.
   * @returns undefined for what is no signature algorithm
   */
  async signerOrNew(realm: KeyOwner, algorithm: string): Promise<SigningKey | undefined> {
    const found = await this.signer(realm.id, algorithm);
    if (found || !SIGNATURE_ALGORITHMS.has(algorithm)) return found;
    const what = `${realm.id}/${algorithm}`;
    let making = this.inTheMaking.get(what);
    if (!making) {
      making = this.makeFallback(realm, algorithm).finally(() => this.inTheMaking.delete(what));
      this.inTheMaking.set(what, making);
    }
    await making;
    return this.signer(realm.id, algorithm);
  }

  /** The key of that id and algorithm, if it may still verify signatures. */
  async verifier(realmId: string, kid: string, algorithm: string): Promise<SigningKey | undefined> {
    const now = this.clock.now();
    const matches = (key: RealmKey): boolean => key.id === kid && key.algorithm === algorithm && key.use === 'sig';
    const found =
      (await this.list(realmId)).find(matches) ?? (await this.listWithin(realmId, UNKNOWN_KEY_TTL)).find(matches);
    return found && statusAt(found, now) !== 'disabled' ? this.load(found) : undefined;
  }

  private listWithin(realmId: string, age: number): Promise<readonly RealmKey[]> {
    const now = this.clock.now();
    const known = this.lists.get(realmId);
    if (known && now - known.readAt < age) return known.rows;
    const rows = this.store.list(realmId);
    this.lists.set(realmId, { readAt: now, rows });
    rows.catch(() => this.lists.delete(realmId));
    return rows;
  }

  /**
   * Nodes that do this together derive the same component id from what the realm has, so that only one of their keys is stored.
   * The others' are thrown away.
   */
  private async makeFallback(realm: KeyOwner, algorithm: string): Promise<void> {
    const same = (await this.listWithin(realm.id, 0)).filter((key) => key.algorithm === algorithm);
    if (await this.signingKey(realm.id, algorithm)) return; // another node was faster
    const { providerId, config } = generatorOf(algorithm);
    const component = {
      id: derivedId(realm.id, algorithm, ...same.map(({ componentId }) => componentId).sort()),
      name: `fallback-${algorithm}`,
      providerId,
      config: { ...config, priority: [FALLBACK_PRIORITY] },
    };
    const made = await generateKey(component, { commonName: realm.name, now: this.clock.now() });
    await this.changing([realm.id], () => this.store.insert(this.seal(realm, made)));
  }

  private load(key: RealmKey): SigningKey {
    const cacheKey = `${key.realmId}/${key.id}/${key.algorithm}`;
    const known = this.loaded.get(cacheKey);
    if (known) return known;
    const privateKey = privateKeyOf(key, this.open(key));
    const publicKey = privateKey.type === 'secret' ? privateKey : createPublicKey(privateKey);
    const ready = { kid: key.id, algorithm: key.algorithm, privateKey, publicKey };
    this.loaded.set(cacheKey, ready);
    return ready;
  }
}

const byUse = (a: RealmKey, b: RealmKey): number => b.use.localeCompare(a.use) || b.priority - a.priority;
