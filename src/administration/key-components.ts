import type { Realm } from '../realm/realm.js';
import type { ComponentBody } from '../representations/component-body.js';
import { MASK } from '../representations/kept-secrets.js';
import type { Clock } from '../shared/clock.js';
import { ConflictError } from '../shared/errors.js';
import { keyProviderOf, makeKey, type KeyComponent } from '../tokens/key-maker.js';
import type { KeyContext, KeyMaterial } from '../tokens/key-material.js';
import type { KeyConfig, KeyProvider } from '../tokens/key-providers.js';
import { reviseKey } from '../tokens/key-revision.js';
import { statusAt, type RealmKey, type RealmKeyStore } from '../tokens/signing-key.js';
import type { RealmKeys } from '../tokens/signing-keys.js';
import { administrationErrors } from './administration-errors.js';

/** The keys of a realm as components. Keys are made before a transaction begins; what they were made from is looked at again in it. */
export class KeyComponents {
  constructor(
    private readonly keys: RealmKeys,
    private readonly store: RealmKeyStore,
    private readonly clock: Clock,
  ) {}

  /** As they are now, highest priority first. */
  list(realm: Realm): Promise<readonly RealmKey[]> {
    return this.store.list(realm.id);
  }

  /** @returns the id @throws InvalidInputError `invalid_key`, `component_provider` @throws ConflictError `duplicate_resource` */
  async create(realm: Realm, body: ComponentBody): Promise<string> {
    const provider = providerOf(body.providerId ?? '');
    const component = componentOf(provider, body, readable(provider, body.config ?? {}));
    const made = this.keys.seal(realm, await makeKey(component, provider, this.context(realm), ''));
    await this.keys.insert([made]);
    return made.componentId;
  }

  /**
   * Members of the config that the body gives replace, blank ones are removed, others stay.
   * @throws as `create`, and ConflictError `component_changed` when somebody else was faster
   */
  async update(realm: Realm, key: RealmKey, body: ComponentBody): Promise<void> {
    const provider = providerOf(key.providerId);
    const given = readable(provider, body.config ?? {});
    const component = componentOf(provider, { ...body, name: body.name ?? key.name }, merged(key.config, given));
    const opened = { key, privateText: this.keys.open(key) };
    const revised = await reviseKey(component, provider, opened, this.context(realm));
    await this.keys.changing([realm.id], () => this.replace(realm, key, revised, given));
  }

  /** Tokens that the key signed are no longer accepted. */
  async delete(realm: Realm, key: RealmKey): Promise<boolean> {
    return this.keys.changing([realm.id], () => this.store.delete(realm.id, key.id));
  }

  private async replace(realm: Realm, key: RealmKey, revised: KeyMaterial, given: KeyConfig): Promise<void> {
    const current = (await this.store.list(realm.id)).find(({ id }) => id === key.id);
    if (current?.sealedPrivate !== key.sealedPrivate) throw administrationErrors.componentChanged();
    const { privateText, componentId: _new, ...settings } = revised;
    if (revised.id === key.id) {
      const again = given['active']?.[0] === 'true' && statusAt(current, this.clock.now()) !== 'active';
      const { signsUntil: _signs, verifiesUntil: _verifies, ...unbounded } = current;
      await this.store.update({ ...(again ? unbounded : current), ...settings });
      return;
    }
    await this.store.delete(realm.id, key.id);
    const sealed = this.keys.seal(realm, { ...settings, privateText, componentId: key.componentId });
    if (!(await this.store.insert(sealed)))
      throw new ConflictError('duplicate_resource', 'The realm has this key already');
  }

  private context(realm: Realm): KeyContext {
    return { commonName: realm.name, now: this.clock.now() };
  }
}

function providerOf(providerId: string): KeyProvider {
  const provider = keyProviderOf(providerId, '');
  if (!provider) throw administrationErrors.componentProvider('providerId');
  return provider;
}

const componentOf = (provider: KeyProvider, body: ComponentBody, config: KeyConfig): KeyComponent => ({
  providerId: provider.id,
  config,
  ...(body.id === undefined ? {} : { id: body.id }),
  ...(body.name === undefined ? {} : { name: body.name }),
});

/** The members that a provider declares; a mask stands for what is kept and is left out. */
const readable = ({ rules }: KeyProvider, config: KeyConfig): KeyConfig =>
  Object.fromEntries(
    rules.flatMap(({ key }) => {
      const values = config[key];
      return values === undefined || values.includes(MASK) ? [] : [[key, values] as const];
    }),
  );

const merged = (kept: KeyConfig, given: KeyConfig): KeyConfig =>
  Object.fromEntries(
    Object.entries({ ...kept, ...given }).filter(([, values]) => values.some((value) => value.trim() !== '')),
  );
