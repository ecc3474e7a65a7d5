import type { ClientBody } from '../representations/client-body.js';
import { administrationErrors } from './administration-errors.js';

const TITLES = { rootUrl: 'Root URL', baseUrl: 'Base URL', adminUrl: 'Admin URL' } as const;
const ATTRIBUTE_TITLES: Readonly<Record<string, string>> = {
  'backchannel.logout.url': 'Backchannel logout URL',
  'frontchannel.logout.url': 'Front-channel logout URL',
  'jwks.url': 'JWKS URL',
  logoUri: 'Logo URL',
  policyUri: 'Policy URL',
  tosUri: 'Terms of service URL',
};
/** Schemes that run code where a browser follows them. */
const DANGEROUS = /^\s*(javascript|data|vbscript)\s*:/i;
/** What no URI has unescaped. A placeholder has braces. */
const NOT_IN_URIS = /[\s<>"{}|\\^`]|%(?![0-9a-f]{2})/i;
/** Protocols of clients that can be kept; only the first is spoken here. */
const PROTOCOLS: readonly string[] = ['openid-connect', 'saml', 'docker-v2'];
/** Placeholders that the server fills in. */
const PLACEHOLDER = /^\$\{[A-Za-z]+\}/;

/**
 * Refuses a protocol that nobody speaks, and addresses of a client that could never be right, or that a browser must not follow. The
 * sentences are the reference's.
 * @throws InvalidInputError `client_address`, naming the member
 */
export function checkClientAddresses(body: ClientBody): void {
  if (body.protocol !== undefined && !PROTOCOLS.includes(body.protocol))
    throw administrationErrors.clientProtocol(body.protocol);
  for (const [member, title] of Object.entries(TITLES) as [keyof typeof TITLES, string][]) {
    const address = body[member] ?? '';
    if (DANGEROUS.test(address)) throw administrationErrors.clientAddress(member, `${title} uses an illegal scheme`);
    if (address !== '' && !isAddress(address))
      throw administrationErrors.clientAddress(member, `${title} is not a valid URL`);
  }
  for (const [attribute, title] of Object.entries(ATTRIBUTE_TITLES)) {
    const address = body.attributes?.[attribute] ?? '';
    if (DANGEROUS.test(address))
      throw administrationErrors.clientAddress(`attributes.${attribute}`, `${title} uses an illegal scheme`);
    if (address !== '' && !isAddress(address))
      throw administrationErrors.clientAddress(`attributes.${attribute}`, `${title} is not a valid URL`);
  }
  for (const uri of body.redirectUris ?? []) {
    if (DANGEROUS.test(uri))
      throw administrationErrors.clientAddress('redirectUris', 'A redirect URI uses an illegal scheme');
    if (uri.includes('#'))
      throw administrationErrors.clientAddress('redirectUris', 'A redirect URI must not contain an URL fragment');
    if (NOT_IN_URIS.test(uri.replace(PLACEHOLDER, '')))
      throw administrationErrors.clientAddress('redirectUris', 'A redirect URI is not a valid URI');
  }
}

/** A path of this server, a placeholder, or a whole http(s) address. */
function isAddress(address: string): boolean {
  if (address.startsWith('/') || PLACEHOLDER.test(address)) return true;
  if (!URL.canParse(address)) return false;
  return ['http:', 'https:'].includes(new URL(address).protocol);
}
