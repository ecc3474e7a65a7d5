import type { Sealer } from '../shared/sealer.js';
import { MASK } from './kept-secrets.js';

type Attributes = Readonly<Record<string, string>>;

/** Attributes of realms whose words are secrets: kept sealed, shown as a mask. */
const SECRET_ATTRIBUTES: readonly string[] = ['sluice.webhook.secret'];

/** The words of an attribute that lists something. */
export const wordsOf = (text: string | null | undefined): readonly string[] => text?.split(/\s+/).filter(Boolean) ?? [];

/**
 * Attributes of a realm as they are kept. A mask among the words of a secret stands for what was kept so far, so that a new secret can
 * be put before the old ones, which nobody is shown; where there was nothing, it stands for nothing.
 * @param context id of the realm
 * @param before what was kept so far
 */
export function sealAttributes(
  attributes: Attributes,
  sealer: Sealer,
  context: string,
  before: Attributes = {},
): Attributes {
  const plain = Object.entries(attributes).filter(([name]) => !SECRET_ATTRIBUTES.includes(name));
  const sealed = SECRET_ATTRIBUTES.flatMap((name) => {
    const text = sealedWords(wordsOf(attributes[name]), sealer, context, before[name]);
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.fromEntries([...plain, ...sealed]);
}

function sealedWords(
  words: readonly string[],
  sealer: Sealer,
  context: string,
  old: string | undefined,
): string | undefined {
  if (words.length === 1 && words[0] === MASK) return old;
  const oldWords = old === undefined || !words.includes(MASK) ? [] : wordsOf(sealer.open(old, context));
  const all = new Set(words.flatMap((word) => (word === MASK ? oldWords : word)));
  return all.size > 0 ? sealer.seal([...all].join(' '), context) : undefined;
}

/** Attributes of a realm as they are shown. */
export const maskAttributes = (attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, text]) => [name, SECRET_ATTRIBUTES.includes(name) ? MASK : text]),
  );
