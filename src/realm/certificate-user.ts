import type { X509Certificate } from 'node:crypto';
import type { Realm } from './realm.js';
import type { User, UserStore } from './user.js';

/** Realm attribute that says how a certificate names its user; without it certificates let nobody in. */
const SETTING = 'sluice.mtls.user';
/** User attribute with the thumbprint (`x5t#S256`) of the user's certificate. Only administrators write attributes. */
const THUMBPRINT_ATTRIBUTE = 'sluice.mtls.thumbprint';

type Finder = (certificate: X509Certificate, realm: Realm, users: UserStore) => Promise<User | undefined>;

/** Ways to name a user; each finds one or nobody, never one of several. */
const FINDERS: Readonly<Record<string, Finder>> = {
  'subject-cn': async (certificate, realm, users) => {
    const name = commonName(certificate);
    return name === undefined ? undefined : users.byUsername(realm.id, name);
  },
  'san-email': async (certificate, realm, users) => {
    const email = onlyMail(certificate.subjectAltName ?? '');
    const found = email === undefined ? [] : await users.list(realm.id, { email, exact: true, max: 2 });
    // Anybody may type an address into their profile: only a verified one names a person.
    return found.length === 1 && found[0]?.emailVerified === true ? found[0] : undefined;
  },
  thumbprint: async (certificate, realm, users) => {
    const attributes = { [THUMBPRINT_ATTRIBUTE]: thumbprintOf(certificate) };
    const found = await users.list(realm.id, { attributes, max: 2 });
    return found.length === 1 ? found[0] : undefined;
  },
};

/** Whether certificates let people in at this realm. */
export const takesCertificates = ({ attributes }: Realm): boolean => Object.hasOwn(FINDERS, attributes[SETTING] ?? '');

/**
 * The person whom a verified certificate names, in the way the realm has chosen (`subject-cn`, `san-email`, `thumbprint`).
 * @returns undefined when it names nobody, several, a disabled account, or that of an application
 */
export async function userOfCertificate(
  certificate: X509Certificate,
  realm: Realm,
  users: UserStore,
): Promise<User | undefined> {
  const way = realm.attributes[SETTING] ?? '';
  const finder = Object.hasOwn(FINDERS, way) ? FINDERS[way] : undefined;
  const user = await finder?.(certificate, realm, users);
  return user?.enabled && user.serviceAccountClientId === undefined ? user : undefined;
}

/** The thumbprint of RFC 8705 section 3.1: SHA-256 of the DER form, as `x5t#S256` has it. */
const thumbprintOf = ({ fingerprint256 }: X509Certificate): string =>
  Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');

/** Undefined without one, and with several. */
function commonName(certificate: X509Certificate): string | undefined {
  const name: unknown = certificate.toLegacyObject().subject.CN;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** One name of a subject alternative name as Node writes it; what has a comma or a quote in it stands in quotes. */
const NAME = /([A-Za-z][A-Za-z ]*):("(?:[^"\\]|\\.)*"|[^,"]*)(?:, |$)/y;

/** The mail address, when there is exactly one; a name that cannot be read spoils the whole. */
export function onlyMail(subjectAltName: string): string | undefined {
  const mails: string[] = [];
  NAME.lastIndex = 0;
  while (NAME.lastIndex < subjectAltName.length) {
    const [, kind, value = ''] = NAME.exec(subjectAltName) ?? [];
    if (kind === undefined) return undefined;
    if (kind === 'email') mails.push(value);
  }
  return mails.length === 1 && !mails[0]?.startsWith('"') ? mails[0] : undefined;
}
