import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';

type Levels = ReadonlyMap<string, number>;

/** Joins the values of a client attribute that holds several. */
const DELIMITER = '##';

/**
 * The `acr` of a login for an application: the name of the highest level that was reached, of those the application asked for, else
 * of all that are named; the level itself where none is (Keycloak engine reference 2.14).
 * @param level reached in this login
 * @param asked `acr_values` of the request; without any, the client's `default.acr.values` count
 */
export function acrName(
  level: number,
  asked: readonly string[],
  client: Pick<Client, 'attributes'>,
  realm: Pick<Realm, 'attributes'>,
): string {
  const levels = levelsOf(client.attributes['acr.loa.map']) ?? levelsOf(realm.attributes['acr.loa.map']);
  if (!levels) return String(level);
  const defaults = (client.attributes['default.acr.values'] ?? '').split(DELIMITER).filter((name) => name !== '');
  const wanted = asked.length > 0 ? asked : defaults;
  return highest(level, wanted, levels) ?? highest(level, [...levels.keys()], levels) ?? String(level);
}

/** The best name among those whose level was reached; level 0 has none, it is what nobody had to prove. */
function highest(level: number, names: readonly string[], levels: Levels): string | undefined {
  let best: { readonly name: string; readonly level: number } | undefined;
  for (const name of names) {
    const own = levels.get(name) ?? (/^\d{1,9}$/.test(name) ? Number(name) : 0);
    if (own > (best?.level ?? 0) && own <= level) best = { name, level: own };
  }
  return best?.name;
}

/** Reads `{"name": level}`; undefined for anything else, and for a map without names. */
function levelsOf(text: string | undefined): Levels | undefined {
  if (!text) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const entries = Object.entries(parsed).flatMap(([name, level]) => {
    const number = Number(level);
    return Number.isSafeInteger(number) ? [[name, number] as const] : [];
  });
  return entries.length === 0 ? undefined : new Map(entries);
}
