import { TEXTS_MEMBER } from '../realm/realm-texts.js';
import type { Json, JsonObject } from '../shared/json.js';
import { isSealedText, sealText } from '../shared/sealed-text.js';
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
 * @param before what was kept so far; where `data` says the mask, its secret stays.
 */
export function sealSecrets(data: JsonObject, sealer: Sealer, context: string, before: JsonObject = {}): JsonObject {
  return mapMembers(data, (name, value) => {
    // Words for pages are no secrets, though their keys speak of passwords.
    if (name === TEXTS_MEMBER) return value;
    const old = before[name];
    if (value === MASK && isSealedText(old)) return old;
    if (isSecretText(name, value)) return { ...sealText(value, sealer, context) };
    if (Array.isArray(value)) return (value as readonly Json[]).map((item) => sealItem(name, item, sealer, context));
    return isObject(value) && !isSealedText(value)
      ? sealSecrets(value, sealer, context, isObject(old) ? old : {})
      : value;
  });
}

/** Component configs hold each value in a list of one. */
function sealItem(name: string, item: Json, sealer: Sealer, context: string): Json {
  if (isSecretText(name, item)) return { ...sealText(item, sealer, context) };
  return isObject(item) && !isSealedText(item) ? sealSecrets(item, sealer, context) : item;
}

/** Kept data as it may be shown: masks for secrets. */
export function maskSecrets(data: JsonObject): JsonObject {
  return mapMembers(data, (_name, value) => maskValue(value));
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
