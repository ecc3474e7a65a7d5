import { isEventType, TYPES_KEPT_BY_DEFAULT } from '../events/event-types.js';
import type { Realm } from '../realm/realm.js';
import { MASK } from '../representations/kept-secrets.js';
import { wordsOf } from '../representations/secret-attributes.js';
import { InvalidInputError } from '../shared/errors.js';

/** Id of the listener in `eventsListeners`. */
export const WEBHOOK_LISTENER = 'sluice-webhook';
/** Realm attribute: who is told. Addresses, separated by white space. */
const URLS = 'sluice.webhook.urls';
/** Realm attribute: what deliveries are signed with. Kept sealed, shown masked. */
export const SECRETS = 'sluice.webhook.secret';
/** Realm attribute: what is told. Groups and types of events, separated by white space. */
const EVENTS = 'sluice.webhook.events';

const MOST_URLS = 5;
const LONGEST_URL = 2000;
/** The current one and those that receivers may still check with. */
const MOST_SECRETS = 5;
/** Bytes of a key (Standard Webhooks: from 24 to 64). */
const KEY_BYTES = { least: 24, most: 64 };

const SESSION_ENDS: ReadonlySet<string> = new Set(['LOGOUT', 'USER_SESSION_DELETED']);
const GROUPS = ['login', 'session-end', 'admin'] as const;
const isGroup = (word: string): boolean => (GROUPS as readonly string[]).includes(word);

/** Whom a realm tells, and whether of this. Pure. */
export interface WebhookSettings {
  readonly urls: readonly string[];
  /** What the realm wants to be told of; `admin` is asked for what administrators do. */
  readonly wants: (type: string) => boolean;
}

/** The webhooks of a realm; none when the realm does not name the listener. */
export function webhookSettings({ settings, attributes }: Pick<Realm, 'settings' | 'attributes'>): WebhookSettings {
  const urls = settings.eventsListeners.includes(WEBHOOK_LISTENER) ? wordsOf(attributes[URLS]) : [];
  const named = wordsOf(attributes[EVENTS]);
  const wanted = new Set<string>(named.length > 0 ? named : GROUPS);
  return { urls, wants: (type) => wanted.has(type) || wanted.has(groupOf(type)) };
}

/** Frequent and technical events belong to no group: who wants them names them. */
function groupOf(type: string): string {
  if (type === 'admin') return type;
  if (SESSION_ENDS.has(type)) return 'session-end';
  return TYPES_KEPT_BY_DEFAULT.includes(type) ? 'login' : type;
}

type Attributes = Readonly<Record<string, string | null | undefined>>;

/**
 * Checks the attributes as an administrator writes them.
 * @param before what the realm has: a secret that stays is not sent again
 * @throws InvalidInputError `webhook_setting`, naming the attribute
 */
export function checkWebhookSettings(attributes: Attributes, before: Attributes = {}): void {
  const urls = wordsOf(attributes[URLS]);
  if (urls.length > MOST_URLS) throw wrong(URLS, `names more than ${MOST_URLS} addresses`);
  for (const url of urls) checkUrl(url);
  const strange = wordsOf(attributes[EVENTS]).find((word) => !isGroup(word) && !isEventType(word));
  if (strange !== undefined)
    throw wrong(EVENTS, `knows ${GROUPS.join(', ')} and types of events, and not "${strange.slice(0, 80)}"`);
  const secrets = wordsOf(attributes[SECRETS]);
  const kept = secrets.some(isMask);
  if (secrets.length > MOST_SECRETS) throw wrong(SECRETS, `has more than ${MOST_SECRETS} secrets`);
  if (!secrets.every((secret) => isMask(secret) || signingKey(secret) !== undefined))
    throw wrong(SECRETS, 'must be whsec_ and base64 of 24 to 64 bytes (openssl rand -base64 32)');
  const signs = kept ? Boolean(before[SECRETS]) || secrets.length > 1 : secrets.length > 0;
  if (urls.length > 0 && !signs) throw wrong(SECRETS, `is needed where ${URLS} is set: deliveries are signed`);
}

function checkUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || text.length > LONGEST_URL)
    throw wrong(URLS, 'must be absolute http or https addresses');
  if (url.username !== '' || url.password !== '') throw wrong(URLS, 'may not have user info in an address');
}

const isMask = (secret: string): boolean => secret === MASK;

/** The key that a secret stands for: `whsec_` and base64; undefined when it is none. */
export function signingKey(secret: string): Buffer | undefined {
  const text = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1];
  const key = text === undefined ? undefined : Buffer.from(text, 'base64');
  return key && key.length >= KEY_BYTES.least && key.length <= KEY_BYTES.most ? key : undefined;
}

const wrong = (attribute: string, problem: string): InvalidInputError =>
  new InvalidInputError('webhook_setting', `${attribute} ${problem}`, { field: `attributes.${attribute}` });
