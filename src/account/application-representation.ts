import { consentText } from '../tokens/consents.js';
import { present } from '../representations/present.js';
import type { JsonObject } from '../shared/json.js';
import { resolveRootUrl } from '../tokens/redirect-uris.js';
import type { Words } from './account-words.js';
import type { OwnApplication, ShownConsent } from './own-applications.js';

/** An application as consoles list it. @param base address of this server */
export function toApplicationRepresentation(
  { client, inUse, offlineAccess, consent }: OwnApplication,
  words: Words,
  base: string,
): JsonObject {
  const { attributes } = client;
  return present({
    clientId: client.clientId,
    clientName: words(client.name) ?? '',
    description: client.description,
    userConsentRequired: client.consentRequired,
    inUse,
    offlineAccess,
    rootUrl: client.rootUrl,
    baseUrl: client.baseUrl,
    effectiveUrl: effectiveUrl(client.rootUrl, client.baseUrl, base),
    consent: consent && toConsentRepresentation(consent, words),
    logoUri: consent && webAddress(attributes['logoUri']),
    policyUri: consent && webAddress(attributes['policyUri']),
    tosUri: consent && webAddress(attributes['tosUri']),
  });
}

/** What a person allowed an application; times are milliseconds. */
export const toConsentRepresentation = ({ consent, scopes }: ShownConsent, words: Words): JsonObject => ({
  grantedScopes: scopes.map((scope) => ({
    id: scope.id,
    name: scope.name,
    displayText: words(consentText(scope)) ?? scope.name,
  })),
  createdDate: consent.createdAt,
  lastUpdatedDate: consent.updatedAt,
});

/** Where the application is; only an address that a browser may be sent to. */
function effectiveUrl(rootUrl: string | undefined, baseUrl: string | undefined, base: string): string | undefined {
  if (!rootUrl && !baseUrl) return undefined;
  const url = baseUrl?.includes(':') ? baseUrl : `${resolveRootUrl(rootUrl, base)}${slashed(baseUrl ?? '')}`;
  return webAddress(url);
}

/** Realm files are not checked for what a browser may follow. */
const webAddress = (url = ''): string | undefined =>
  URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol) ? url : undefined;

const slashed = (path: string): string => (path === '' || path.startsWith('/') ? path : `/${path}`);
