import { TEXTS_MEMBER } from '../realm/realm-texts.js';
import type { Json, JsonObject } from '../shared/json.js';
import { isSealedText, openText, sealText } from '../shared/sealed-text.js';
import type { Sealer } from '../shared/sealer.js';

/** What stands for a secret that is not told. A body that sends it back keeps the secret. */
export const MASK = '**********';

const SECRET_NAMES = /password(?!less)|secret|(?<!required)credential|privatekey|authtoken/i;
/** Texts under such names that are settings or references to a vault. */
const HARMLESS_TEXTS = /^(|true|false|\d+|\$\{.*\})$/;
/** Names under which every text is a secret, a number too. */
const ALWAYS_SECRET = /^(password|clientSecret|bindCredential|authTokenClientSecret)$/;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isSecretText = (name: string, value: Json): value is string =>
  SECRET_NAMES.test(name) &&
  typeof value === 'string' &&
  (!HARMLESS_TEXTS.test(value) || (ALWAYS_SECRET.test(name) && /^\d+$/.test(value)));

/**
 * Kept data with its secrets sealed (the SMTP password, secrets of identity providers, bind passwords): they are recognised by
 * the names of their members, because nothing else is known of data that is only kept.
 * @param before what was kept so far; where `data` says the mask, its secret stays. Where there was none, a mask is no secret and is left out.
 */
export function sealSecrets(data: JsonObject, sealer: Sealer, context: string, before: JsonObject = {}): JsonObject {
  const told = Object.entries(data).filter(([name, value]) => !isEmptyMask(name, value, before[name]));
  return mapMembers(Object.fromEntries(told), (name, value) => {
    // Words for pages are no secrets, though their keys speak of passwords.
    if (name === TEXTS_MEMBER) return value;
    const old = before[name];
    if (value === MASK && isSealedText(old)) return old;
    if (isSecretText(name, value)) return { ...sealText(value, sealer, context) };
    if (Array.isArray(value)) return sealItems(name, value as readonly Json[], sealer, context, old);
    return isObject(value) && !isSealedText(value)
      ? sealSecrets(value, sealer, context, isObject(old) ? old : {})
      : value;
  });
}

function isEmptyMask(name: string, value: Json, old: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length === 1 && isEmptyMask(name, value[0] as Json, firstOf(old));
  return value === MASK && SECRET_NAMES.test(name) && !isSealedText(old);
}

/** Things of a list are known again by their names, texts (component configs hold each value in a list of one) by their place. */
function sealItems(
  name: string,
  items: readonly Json[],
  sealer: Sealer,
  context: string,
  before: Json | undefined,
): readonly Json[] {
  const olds = Array.isArray(before) ? (before as readonly Json[]) : [];
  return items.map((item, at) => {
    const old = olds[at];
    if (item === MASK && isSealedText(old)) return old;
    if (isSecretText(name, item)) return { ...sealText(item, sealer, context) };
    if (!isObject(item) || isSealedText(item)) return item;
    return sealSecrets(item, sealer, context, olds.filter(isObject).find((one) => isSame(one, item)) ?? {});
  });
}

const firstOf = (list: Json | undefined): Json | undefined =>
  Array.isArray(list) ? (list as readonly Json[])[0] : undefined;

/** The first of these members that one of them has is what they are known by. */
const NAMES = ['id', 'internalId', 'alias', 'name'];

function isSame(one: JsonObject, other: JsonObject): boolean {
  const name = NAMES.find((each) => one[each] !== undefined && other[each] !== undefined);
  return name !== undefined && one[name] === other[name];
}

/** Kept data as it may be shown: masks for secrets. */
export function maskSecrets(data: JsonObject): JsonObject {
  return mapMembers(data, (_name, value) => maskValue(value));
}

/** Kept data in the clear again: for exports that hold secrets. @throws AppError `unsealing_failed` */
export function openSecrets(data: JsonObject, sealer: Sealer, context: string): JsonObject {
  const open = (value: Json): Json => {
    if (isSealedText(value)) return openText(value, sealer, context);
    if (Array.isArray(value)) return (value as readonly Json[]).map(open);
    return isObject(value) ? mapMembers(value, (_name, member) => open(member)) : value;
  };
  return mapMembers(data, (_name, value) => open(value));
}

function maskValue(value: Json): Json {
  if (isSealedText(value)) return MASK;
  if (Array.isArray(value)) return (value as readonly Json[]).map(maskValue);
  return isObject(value) ? maskSecrets(value) : value;
}

const mapMembers = (data: JsonObject, change: (name: string, value: Json) => Json): JsonObject =>
  Object.fromEntries(Object.entries(data).map(([name, value]) => [name, change(name, value)]));

/** What an administrator sent, as others may read it later: passwords and secrets masked, credentials left out. */
export function withoutSecrets(data: Json): Json {
  if (Array.isArray(data)) return (data as readonly Json[]).map(withoutSecrets);
  if (!isObject(data)) return data;
  const { credentials: _credentials, ...rest } = data;
  return mapMembers(rest, (name, value) =>
    SECRET_NAMES.test(name) ? withoutSecretTexts(name, value) : withoutSecrets(value),
  );
}

/** Component configs hold each value in a list of one. */
function withoutSecretTexts(name: string, value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => withoutSecretTexts(name, item));
  return isSecretText(name, value) ? MASK : withoutSecrets(value);
}
