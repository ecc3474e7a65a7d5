import type { ComponentType } from '../../../use-server-info.js';

/** Provider type of keys among the components of a realm. */
export const KEY_PROVIDER_TYPE = 'org.keycloak.keys.KeyProvider';

/** What the server describes of a member of a provider's config. */
export type KeyProperty = ComponentType['properties'][number];

/** A key provider: ComponentRepresentation, as far as it is changed here. Secrets are masked. */
export interface KeyProvider {
  readonly id: string;
  readonly name: string;
  readonly providerId: string;
  readonly config: Readonly<Record<string, readonly string[] | undefined>>;
}

/** A key: KeyMetadataRepresentation, as far as it is shown. */
export interface KeyMetadata {
  /** Id of the component that provides it. */
  readonly providerId: string;
  readonly providerPriority: number;
  readonly kid: string;
  readonly status: 'ACTIVE' | 'PASSIVE' | 'DISABLED';
  readonly algorithm?: string;
  readonly use?: string;
  /** Base64 of DER, without a frame. */
  readonly publicKey?: string;
  readonly certificate?: string;
  /** Milliseconds: when the certificate ends. */
  readonly validTo?: number;
}

/** Whether nothing of its algorithm would be left to sign or encrypt with. */
export const isLastActive = (key: KeyMetadata, keys: readonly KeyMetadata[]): boolean =>
  key.status === 'ACTIVE' &&
  keys.every(
    (other) =>
      other.kid === key.kid || other.status !== 'ACTIVE' || other.algorithm !== key.algorithm || other.use !== key.use,
  );

/** Values of a form by member: one text each. */
export type ConfigTexts = Readonly<Record<string, string>>;

/** What the form begins with. A new provider is in use at once, before the keys that there are. */
export function firstTexts(kind: ComponentType, provider: KeyProvider | undefined): ConfigTexts {
  const standard: ConfigTexts = { priority: '100', enabled: 'true', active: 'true' };
  return Object.fromEntries(
    kind.properties.map(({ name }) => {
      const kept = provider?.config[name]?.[0];
      // Flags that are not written count as on.
      const absent = provider && name === 'priority' ? '0' : (standard[name] ?? '');
      return [name, kept ?? absent];
    }),
  );
}

/** The config as components carry it: every value in a list; an empty one takes the member away. */
export const configOf = (kind: ComponentType, texts: ConfigTexts): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(kind.properties.map(({ name }) => [name, [(texts[name] ?? '').trim()]]));

/** Members that are needed and empty, or are no whole numbers. */
export function wrongMembers(kind: ComponentType, texts: ConfigTexts): Readonly<Record<string, 'needed' | 'number'>> {
  return Object.fromEntries(
    kind.properties.flatMap(({ name, required = false }): (readonly [string, 'needed' | 'number'])[] => {
      const text = (texts[name] ?? '').trim();
      if (required && text === '') return [[name, 'needed']];
      return name === 'priority' && !/^-?\d{1,9}$/.test(text) ? [[name, 'number']] : [];
    }),
  );
}
