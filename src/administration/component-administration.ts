import type { Realm } from '../realm/realm.js';
import type { ComponentBody } from '../representations/component-body.js';
import { toKeyComponent } from '../representations/component-representation.js';
import { toKeysMetadata } from '../representations/key-representation.js';
import type { Clock } from '../shared/clock.js';
import type { JsonObject } from '../shared/json.js';
import { KEY_PROVIDER_TYPE } from '../tokens/key-providers.js';
import type { RealmKey } from '../tokens/signing-key.js';
import { administrationErrors } from './administration-errors.js';
import { COMPONENT_TYPES } from './component-types.js';
import type { KeyComponents } from './key-components.js';
import { shown, type KeptComponents } from './kept-components.js';

/** Names of provider types of the reference begin so; there is nothing of those that are not built here. */
const REFERENCE_TYPES = 'org.keycloak.';

/** Which components to list; what is absent does not matter. */
export interface ComponentFilter {
  readonly parent?: string | undefined;
  readonly type?: string | undefined;
  readonly name?: string | undefined;
}

/** Components of a realm: its keys, and what is only kept. */
export class ComponentAdministration {
  constructor(
    private readonly keys: KeyComponents,
    private readonly kept: KeptComponents,
    private readonly clock: Clock,
  ) {}

  /** A type without a parent means those of the realm itself, as at the reference. */
  async list(realm: Realm, { type, name, parent = type && realm.id }: ComponentFilter): Promise<readonly JsonObject[]> {
    const now = this.clock.now();
    const all = [
      ...(await this.keys.list(realm)).map((key) => toKeyComponent(key, now)),
      ...this.kept.list(realm).map(shown),
    ];
    const wanted = { parentId: parent, providerType: type, name };
    return all.filter((component) =>
      Object.entries(wanted).every(([member, value]) => value === undefined || component[member] === value),
    );
  }

  /** @throws NotFoundError `component_unknown` */
  async get(realm: Realm, id: string): Promise<JsonObject> {
    const key = await this.keyOf(realm, id);
    if (key) return toKeyComponent(key, this.clock.now());
    const kept = this.kept.list(realm).find((component) => component.id === id);
    if (!kept) throw administrationErrors.componentUnknown();
    return shown(kept);
  }

  /**
   * @returns the id
   * @throws InvalidInputError `invalid_key`, `component_provider` @throws ConflictError `duplicate_resource`
   */
  create(realm: Realm, body: ComponentBody): Promise<string> {
    return body.providerType === KEY_PROVIDER_TYPE ? this.keys.create(realm, body) : this.kept.create(realm, body);
  }

  /** Changes what the body gives; type and provider stay. @throws NotFoundError `component_unknown`, and as `create` */
  async update(realm: Realm, id: string, body: ComponentBody): Promise<void> {
    const key = await this.keyOf(realm, id);
    return key ? this.keys.update(realm, key, body) : this.kept.update(realm, id, body);
  }

  /** @throws NotFoundError `component_unknown` */
  async delete(realm: Realm, id: string): Promise<void> {
    const key = await this.keyOf(realm, id);
    if (!key) return this.kept.delete(realm, id);
    if (!(await this.keys.delete(realm, key))) throw administrationErrors.componentUnknown();
  }

  /**
   * The kinds of components of a type, as the reference lists them below any component. None can have one below it here.
   * @throws NotFoundError `parent_component_unknown` @throws InvalidInputError `subtype_missing`, `component_provider` for an unknown type
   */
  async subTypes(realm: Realm, id: string, type: string | undefined): Promise<readonly JsonObject[]> {
    const known = (await this.keyOf(realm, id)) ?? this.kept.list(realm).find((component) => component.id === id);
    if (!known) throw administrationErrors.parentComponentUnknown();
    if (type === undefined) throw administrationErrors.subtypeMissing();
    const types = COMPONENT_TYPES.get(type);
    if (!types && !type.startsWith(REFERENCE_TYPES)) throw administrationErrors.componentProvider('type');
    return types ?? [];
  }

  /** KeysMetadataRepresentation of the realm. */
  async keysMetadata(realm: Realm): Promise<JsonObject> {
    return toKeysMetadata(await this.keys.list(realm), this.clock.now());
  }

  private async keyOf(realm: Realm, id: string): Promise<RealmKey | undefined> {
    return (await this.keys.list(realm)).find(({ componentId }) => componentId === id);
  }
}
