import type { Realm } from '../realm/realm.js';
import type { ComponentBody } from '../representations/component-body.js';
import { MASK, maskSecrets, sealSecrets } from '../representations/kept-secrets.js';
import { present } from '../representations/present.js';
import type { Json, JsonObject } from '../shared/json.js';
import type { Sealer } from '../shared/sealer.js';
import { derivedId, newId } from '../shared/secrets.js';
import { administrationErrors } from './administration-errors.js';
import type { RealmEditing } from './realm-editing.js';

/** Kinds of components that can be made and have no effect here: they are kept and given back. */
export const KEPT_PROVIDERS: Readonly<Record<string, readonly string[]>> = {
  'org.keycloak.userprofile.UserProfileProvider': ['declarative-user-profile'],
  'org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy': [
    'allowed-client-templates',
    'allowed-protocol-mappers',
    'client-disabled',
    'consent-required',
    'max-clients',
    'registration-web-origins',
    'scope',
    'trusted-hosts',
  ],
};

/** A component that is only kept; secrets of its config are sealed. */
export interface KeptComponent extends JsonObject {
  readonly id: string;
  readonly providerType: string;
  readonly parentId: string;
}

/** Components other than keys: data of the realm (`extra.components`, lists by provider type). */
export class KeptComponents {
  constructor(
    private readonly editing: RealmEditing,
    private readonly sealer: Sealer,
  ) {}

  /** As they are stored; `shown` makes them fit to be shown. */
  list(realm: Realm): readonly KeptComponent[] {
    const byType = realm.extra['components'];
    if (typeof byType !== 'object' || byType === null || Array.isArray(byType)) return [];
    return Object.entries(byType).flatMap(([providerType, list]) =>
      (Array.isArray(list) ? (list as readonly JsonObject[]) : []).map((component, at) => ({
        ...component,
        id: typeof component['id'] === 'string' ? component['id'] : derivedId(realm.id, providerType, String(at)),
        providerType,
        parentId: typeof component['parentId'] === 'string' ? component['parentId'] : realm.id,
      })),
    );
  }

  /** @returns the id @throws InvalidInputError `component_provider` */
  async create(realm: Realm, body: ComponentBody): Promise<string> {
    const { providerType = '', providerId = '' } = body;
    const providers = KEPT_PROVIDERS[providerType];
    if (!providers) throw administrationErrors.componentProvider('providerType');
    if (!providers.includes(providerId)) throw administrationErrors.componentProvider('providerId');
    const id = body.id ?? newId();
    await this.change(realm, (list) => {
      if (list.some((component) => component.id === id)) throw administrationErrors.duplicate();
      return [
        ...list,
        this.sealed(realm, { ...membersOf(body), id, providerType, parentId: body.parentId ?? realm.id }),
      ];
    });
    return id;
  }

  /** Members that the body gives replace; of the config each on its own, blank ones are removed. @throws NotFoundError `component_unknown` */
  update(realm: Realm, id: string, body: ComponentBody): Promise<void> {
    return this.change(realm, (list) => {
      if (!list.some((component) => component.id === id)) throw administrationErrors.componentUnknown();
      return list.map((component) =>
        component.id === id ? this.sealed(realm, { ...component, ...changesOf(component, body) }) : component,
      );
    });
  }

  /** @throws NotFoundError `component_unknown` */
  delete(realm: Realm, id: string): Promise<void> {
    return this.change(realm, (list) => {
      if (!list.some((component) => component.id === id)) throw administrationErrors.componentUnknown();
      return list.filter((component) => component.id !== id);
    });
  }

  private sealed(realm: Realm, component: KeptComponent): KeptComponent {
    return sealSecrets(component, this.sealer, realm.id) as KeptComponent;
  }

  private async change(
    realm: Realm,
    change: (list: readonly KeptComponent[]) => readonly KeptComponent[],
  ): Promise<void> {
    await this.editing.change(realm.id, (current) => {
      const components: Record<string, readonly Json[]> = {};
      for (const component of change(this.list(current)))
        components[component.providerType] = [...(components[component.providerType] ?? []), component];
      return { ...current, extra: { ...current.extra, components } };
    });
  }
}

/** A kept component as `GET components` shows it. */
export const shown = (component: KeptComponent): JsonObject => {
  const { id, name, providerId, providerType, parentId, subType, config } = maskSecrets(component);
  return present({ id, name, providerId, providerType, parentId, subType, config: config ?? {} });
};

const membersOf = ({ name, providerId, subType, config }: ComponentBody): JsonObject =>
  present({ name, providerId, subType, config: withoutBlanks(config ?? {}) });

function changesOf(component: KeptComponent, body: ComponentBody): JsonObject {
  const kept = component['config'];
  const config = typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? kept : {};
  const given = Object.entries(body.config ?? {}).filter(([, values]) => !values.includes(MASK));
  return present({
    name: body.name,
    subType: body.subType,
    config: withoutBlanks({ ...(config as JsonObject), ...Object.fromEntries(given) }),
  });
}

const withoutBlanks = (config: Readonly<Record<string, Json>>): JsonObject =>
  Object.fromEntries(
    Object.entries(config).filter(
      ([, values]) => !Array.isArray(values) || (values as readonly Json[]).some((value) => value !== ''),
    ),
  );
