import { isJsonObject } from '../representations/json-objects.js';
import { MASK } from '../representations/kept-secrets.js';
import type { Json } from '../shared/json.js';

/**
 * A file for a realm that is not there yet, without the masks of an export that told no secrets: there is nothing that they could stand
 * for, and nobody's password is ten asterisks.
 * @param found is told the place of each
 */
export function withoutMasks(value: unknown, found: (path: string) => void, path = ''): unknown {
  if (Array.isArray(value))
    return (value as readonly unknown[]).map((item, at) => withoutMasks(item, found, `${path}[${String(at)}]`));
  if (!isJsonObject(value as Json)) return value;
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([member, item]: [string, unknown]) => {
      const place = path === '' ? member : `${path}.${member}`;
      if (!isMasked(item)) return [[member, withoutMasks(item, found, place)]];
      found(place);
      return [];
    }),
  );
}

/** Configs of components hold each value in a list of one. */
const isMasked = (value: unknown): boolean =>
  value === MASK || (Array.isArray(value) && value.length > 0 && value.every((item) => item === MASK));
