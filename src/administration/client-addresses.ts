import type { Client } from '../realm/client.js';
import type { ClientBody } from '../representations/client-body.js';
import { pairwiseSubMapper } from '../tokens/protocol-mappers/pairwise-sub.mapper.js';
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
const POST_LOGOUT_URIS = 'post.logout.redirect.uris';
/** Schemes that run code where a browser follows them. */
const DANGEROUS = /^\s*(javascript|data|vbscript)\s*:/i;
/** What no URI has unescaped. A placeholder has braces. */
const NOT_IN_URIS = /[\s<>"{}|\\^`]|%(?![0-9a-f]{2})/i;
/** Protocols of clients that can be kept; only the first is spoken here. */
const PROTOCOLS: readonly string[] = ['openid-connect', 'saml', 'docker-v2'];
/** Placeholders that the server fills in. */
const PLACEHOLDER = /^\$\{[A-Za-z]+\}/;

/** An address that cannot be taken. */
interface Problem {
  readonly field: string;
  readonly message: string;
}

/**
 * Refuses a protocol that nobody speaks, and addresses of a client that could never be right, or that a browser must not follow. The
 * sentences are the reference's; all that is wrong is told at once.
 * @throws InvalidInputError `client_address`, naming the first member that is wrong
 */
export function checkClientAddresses(body: ClientBody): void {
  if (body.protocol !== undefined && !PROTOCOLS.includes(body.protocol))
    throw administrationErrors.clientProtocol(body.protocol);
  const problems = [
    ...Object.entries(TITLES).flatMap(([field, title]) =>
      problemOfUrl(field, title, body[field as keyof typeof TITLES] ?? ''),
    ),
    ...Object.entries(ATTRIBUTE_TITLES).flatMap(([name, title]) =>
      problemOfUrl(`attributes.${name}`, title, body.attributes?.[name] ?? ''),
    ),
    ...problemsOfUris('redirectUris', 'A redirect URI', body.redirectUris ?? []),
    ...problemsOfUris(`attributes.${POST_LOGOUT_URIS}`, 'A post-logout redirect URI', postLogoutUris(body)),
  ];
  const [first] = problems;
  if (!first) return;
  const sentences = new Set(problems.map(({ message }) => message));
  throw administrationErrors.clientAddress(first.field, [...sentences].join('; '));
}

/**
 * Refuses redirect URIs of several hosts where subjects are made from the host: whose would they be (OpenID Connect Core section 8.1)?
 * @throws InvalidInputError `client_address`
 */
export function checkPairwiseHosts({ protocolMappers, redirectUris, rootUrl }: Client): void {
  const pairwise = protocolMappers.find(({ protocolMapper }) => protocolMapper === pairwiseSubMapper.id);
  if (!pairwise || pairwise.config['sectorIdentifierUri']) return;
  const hosts = redirectUris
    .map((uri) => (uri.startsWith('/') ? (rootUrl ?? '') : uri))
    .filter((uri) => URL.canParse(uri));
  if (new Set(hosts.map((uri) => new URL(uri).host)).size > 1)
    throw administrationErrors.clientAddress(
      'redirectUris',
      'Without a configured Sector Identifier URI, client redirect URIs must not contain multiple host components.',
    );
}

function problemOfUrl(field: string, title: string, address: string): readonly Problem[] {
  if (address === '') return [];
  if (DANGEROUS.test(address)) return [{ field, message: `${title} uses an illegal scheme` }];
  if (!isAddress(address)) return [{ field, message: `${title} is not a valid URL` }];
  // Other addresses are only shown or called; redirect URIs are put behind this one.
  if (field === 'rootUrl' && address.includes('#'))
    return [{ field, message: `${title} must not contain an URL fragment` }];
  return [];
}

function problemsOfUris(field: string, title: string, uris: readonly string[]): readonly Problem[] {
  const wrong = (what: string, test: (uri: string) => boolean): readonly Problem[] =>
    uris.some(test) ? [{ field, message: `${title} ${what}` }] : [];
  return [
    ...wrong('must not contain an URL fragment', (uri) => !DANGEROUS.test(uri) && uri.includes('#')),
    ...wrong('uses an illegal scheme', (uri) => DANGEROUS.test(uri)),
    ...wrong(
      'is not a valid URI',
      (uri) => !DANGEROUS.test(uri) && !uri.includes('#') && NOT_IN_URIS.test(uri.replace(PLACEHOLDER, '')),
    ),
  ];
}

/** Joined with `##`; `+` stands for the redirect URIs, and `-` for none. */
const postLogoutUris = ({ attributes }: ClientBody): readonly string[] =>
  (attributes?.[POST_LOGOUT_URIS] ?? '').split('##').filter((uri) => !['', '+', '-'].includes(uri.trim()));

/** A path of this server, a placeholder, or a whole http(s) address. */
function isAddress(address: string): boolean {
  if (address.startsWith('/') || PLACEHOLDER.test(address)) return true;
  if (!URL.canParse(address)) return false;
  return ['http:', 'https:'].includes(new URL(address).protocol);
}
