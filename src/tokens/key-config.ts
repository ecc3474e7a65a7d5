import { InvalidInputError } from '../shared/errors.js';
import type { KeySettings } from './key-material.js';
import type { KeyConfig, KeyConfigRule, KeyProvider } from './key-providers.js';

/** A key or its config cannot be taken. @param field place in the body or file; a point at its beginning is left out */
export const invalidKey = (message: string, field: string, cause?: unknown): InvalidInputError =>
  new InvalidInputError('invalid_key', message, {
    field: field.replace(/^\./, ''),
    ...(cause === undefined ? {} : { cause }),
  });

/** First value of a member; blank counts as absent. */
export function configValue(config: KeyConfig, member: string): string | undefined {
  const value = config[member]?.[0];
  return value === undefined || value.trim() === '' ? undefined : value;
}

/**
 * Checks a config in the order and the words of the reference.
 * @param path of the config, for the error
 * @throws InvalidInputError `invalid_key`
 */
export function checkKeyConfig(provider: KeyProvider, config: KeyConfig, path: string): void {
  for (const rule of provider.rules) {
    const wrong = problemWith(rule, config);
    if (wrong !== undefined) throw invalidKey(`'${rule.label}' ${wrong}`, `${path}.${rule.key}`);
  }
}

function problemWith({ key, value: allowed, required }: KeyConfigRule, config: KeyConfig): string | undefined {
  if ((config[key]?.length ?? 0) > 1) return 'should be a single entry';
  const value = configValue(config, key);
  if (value === undefined) return required ? 'is required' : undefined;
  if (allowed === 'number')
    return /^[+-]?\d+$/.test(value) && Number.isSafeInteger(Number(value)) ? undefined : 'should be a number';
  if (allowed === 'flag') return /^(true|false)$/.test(value) ? undefined : "should be 'true' or 'false'";
  if (allowed === 'text' || allowed.includes(value)) return undefined;
  return `should be ${allowed.length > 1 ? `${allowed.slice(0, -1).join(', ')} or ` : ''}${allowed.at(-1) ?? ''}`;
}

/** How the key of a component is listed and used, by its config. The config keeps what may be shown. */
export function keySettings(
  component: { readonly name?: string; readonly providerId: string },
  provider: KeyProvider,
  config: KeyConfig,
): KeySettings {
  const enabled = configValue(config, 'enabled') !== 'false';
  const active = configValue(config, 'active') !== 'false';
  const use = configValue(config, 'keyUse')?.toLowerCase();
  return {
    name: component.name ?? component.providerId,
    providerId: component.providerId,
    use: use === 'enc' ? 'enc' : provider.use,
    algorithm: algorithmOf(provider, config),
    status: enabled ? (active ? 'active' : 'passive') : 'disabled',
    priority: Number(configValue(config, 'priority') ?? 0),
    config: shownConfig(provider, config),
  };
}

/** The curve a config asks for; undefined for keys without one. */
export const curveOf = ({ curve }: KeyProvider, config: KeyConfig): string | undefined =>
  curve && (configValue(config, curve.member) ?? curve.default);

function algorithmOf(provider: KeyProvider, config: KeyConfig): string {
  const named = provider.algorithmMember === undefined ? undefined : configValue(config, provider.algorithmMember);
  const byCurve = provider.curve?.algorithms?.[curveOf(provider, config) ?? ''];
  return named ?? byCurve ?? provider.algorithm;
}

/** The members a provider knows and may show: keys and secrets are kept sealed, what nobody knows is dropped. */
const shownConfig = ({ rules }: KeyProvider, config: KeyConfig): KeyConfig =>
  Object.fromEntries(
    rules.flatMap(({ key, secret }) => {
      const value = secret ? undefined : configValue(config, key);
      return value === undefined ? [] : [[key, [value]] as const];
    }),
  );
