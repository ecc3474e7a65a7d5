import type { ConfigProblem, ConfigProperty, ConfigReader } from '../engine/index.js';

type Values = Readonly<Record<string, string>>;

/**
 * Makes a ConfigReader from the properties of a config, a check per field and a function that reads the whole.
 * @param checks by field name: gives the sentence that says what is wrong, or undefined
 */
export function defineConfig<C>(
  properties: readonly ConfigProperty[],
  read: (values: Values) => C,
  checks: Readonly<Record<string, (value: string) => string | undefined>> = {},
): ConfigReader<C> {
  return {
    properties,
    read,
    check(values: Values): readonly ConfigProblem[] {
      return Object.entries(checks).flatMap(([field, check]) => {
        const value = values[field];
        const message = value === undefined ? undefined : check(value);
        return message === undefined ? [] : [{ field, message }];
      });
    },
  };
}

/** A check that accepts only the given texts, exactly. */
export const oneOf =
  (...allowed: readonly string[]) =>
  (value: string): string | undefined =>
    allowed.includes(value) ? undefined : `must be one of: ${allowed.map((text) => `"${text}"`).join(', ')}`;

/** A boolean as Keycloak writes it. */
export const isOn = (value: string | undefined): boolean => value === 'true';

/** Splits a multi-valued setting (`##` between values, white space around it ignored). */
export const listOf = (value: string | undefined): readonly string[] =>
  (value ?? '')
    .split('##')
    .map((part) => part.trim())
    .filter((part) => part !== '');
