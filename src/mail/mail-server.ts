import type { JsonObject, Json } from '../shared/json.js';
import { isSealedText, openText } from '../shared/sealed-text.js';
import type { Sealer } from '../shared/sealer.js';
import { headerText, isMailAddress, type Mailbox } from './mail-address.js';
import { MailError } from './mail-error.js';

/** How a realm reaches its SMTP server. Times are milliseconds. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** `implicit`: TLS from the first byte; `starttls`: required before anything else; `none`: plain text. */
  readonly encryption: 'implicit' | 'starttls' | 'none';
  readonly credentials?: { readonly user: string; readonly password: string };
  readonly from: Mailbox;
  readonly replyTo?: Mailbox;
  /** Where undeliverable mails go back to, when not to `from`. */
  readonly envelopeFrom?: string;
  readonly connectTimeout: number;
  readonly replyTimeout: number;
}

/** The member `smtpServer` of a realm: texts by name, as Keycloak has them; the password may be sealed. */
export type SmtpSettings = Readonly<Record<string, Json>>;

const TIMEOUT_MS = 10_000;
const LONGEST_TIMEOUT_MS = 60_000;

/** The SMTP settings of a realm, empty when it has none. */
export function smtpSettingsOf(realm: { readonly extra: JsonObject }): SmtpSettings {
  const settings = realm.extra['smtpServer'];
  return typeof settings === 'object' && settings !== null && !Array.isArray(settings) ? (settings as JsonObject) : {};
}

/**
 * Reads SMTP settings.
 * @param context what the password was sealed for: the realm's id
 * @throws MailError in Keycloak's words for a missing sender; naming the member for anything else that cannot be used
 */
export function readMailServer(settings: SmtpSettings, sealer: Sealer, context: string): MailServer {
  const given = (name: string): string => {
    const value = settings[name];
    if (isSealedText(value)) return openText(value, sealer, context);
    if (typeof value === 'string') return name === 'password' ? value : value.trim();
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  };
  const flag = (name: string): boolean => given(name).toLowerCase() === 'true';
  const from = mailbox(given, 'from', 'fromDisplayName');
  if (!from) throw new MailError('No sender address configured in the realm settings for emails');
  const replyTo = mailbox(given, 'replyTo', 'replyToDisplayName');
  const envelopeFrom = mailbox(given, 'envelopeFrom')?.address;
  const implicit = flag('ssl');
  if (given('authType') === 'token') throw unusable('authType', 'token authentication is not supported');
  return {
    host: hostOf(given('host')),
    port: whole(given, 'port', implicit ? 465 : 25, 65_535),
    encryption: implicit ? 'implicit' : flag('starttls') ? 'starttls' : 'none',
    from,
    connectTimeout: whole(given, 'connectionTimeout', TIMEOUT_MS, LONGEST_TIMEOUT_MS),
    replyTimeout: whole(given, 'timeout', TIMEOUT_MS, LONGEST_TIMEOUT_MS),
    ...(replyTo ? { replyTo } : {}),
    ...(envelopeFrom === undefined ? {} : { envelopeFrom }),
    ...(flag('auth') ? { credentials: { user: given('user'), password: given('password') } } : {}),
  };
}

type Given = (name: string) => string;

function mailbox(given: Given, name: string, displayName?: string): Mailbox | undefined {
  const address = given(name);
  if (address === '') return undefined;
  if (!isMailAddress(address)) throw unusable(name, 'is no mail address');
  const shown = displayName === undefined ? '' : headerText(given(displayName));
  return { address, ...(shown === '' ? {} : { name: shown }) };
}

function hostOf(host: string): string {
  if (!/^[a-z0-9._:-]{1,253}$/i.test(host)) throw unusable('host', 'is no host name');
  return host;
}

function whole(given: Given, name: string, otherwise: number, most: number): number {
  const text = given(name);
  if (text === '') return otherwise;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value < 1) throw unusable(name, 'is no positive number');
  if (name === 'port' && value > most) throw unusable(name, 'is no port');
  return Math.min(value, most);
}

const unusable = (name: string, why: string): MailError =>
  new MailError(`The SMTP settings of the realm cannot be used: ${name} ${why}`);
