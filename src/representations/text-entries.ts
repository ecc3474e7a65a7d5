/** The entries of a map that hold a text: null and empty values stand for "not set" (Admin API reference 6.7). */
export const textEntries = (map: Readonly<Record<string, string | null>> | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(map ?? {}).filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== ''),
  );

/** The entries of a map that hold a text, an empty one too: attributes of realms and client scopes keep those. */
export const definedEntries = (map: Readonly<Record<string, string | null>> | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(map ?? {}).filter((entry): entry is [string, string] => entry[1] !== null));

/** `base` changed by `change`: texts are set, null and empty ones remove their entry, others stay. */
export function mergeEntries(
  base: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string | null>> | undefined,
): Record<string, string> {
  const kept = Object.entries(base).filter(([key]) => !(key in (change ?? {})));
  return { ...Object.fromEntries(kept), ...textEntries(change) };
}
