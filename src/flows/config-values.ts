import type { ConfigProperty, ConfigReader } from '../engine/index.js';
import { flowErrors } from './flow-errors.js';

type Values = Readonly<Record<string, string>>;

/** What a reader sees in place of a secret; sent back, it means "as it was". */
const MASK = '**********';

/**
 * Values as a reader may see them: secrets are masked, and so is every value whose meaning nobody declares, because it might be
 * one (measured at the reference).
 */
export function maskSecrets(values: Values, properties: readonly ConfigProperty[]): Values {
  const plain = new Set(properties.filter((property) => property.secret !== true).map((property) => property.name));
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain.has(name) ? value : MASK]));
}

/** Values of an update: those left empty are dropped (Admin API reference 6.7), masked ones stay as they were. */
export function updatedValues(before: Values, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const kept = value === MASK ? before[name] : value;
      return kept === undefined || kept === '' ? [] : [[name, kept]];
    }),
  );
}

/**
 * Refuses values that could never work. A step that declares no config takes any: the reference stores them, nobody reads them.
 *
 * @throws InvalidInputError `config_value_invalid`, naming the first field in question
 */
export function checkConfigValues(reader: ConfigReader<unknown> | undefined, values: Values): void {
  const [problem] = reader?.check(values) ?? [];
  if (problem !== undefined) {
    throw flowErrors.configValueInvalid(problem.field, `${problem.field} ${problem.message}`);
  }
}
