import type { Client, ClientChanges } from './client-representation.js';
import { linesOf, textOfLines } from './text-lines.js';

/** What the settings of a client are edited as; lists stand one on a line. */
export interface SettingsValues {
  readonly clientId: string;
  readonly name: string;
  readonly description: string;
  readonly alwaysDisplayInConsole: boolean;
  readonly rootUrl: string;
  readonly baseUrl: string;
  readonly adminUrl: string;
  readonly redirectUris: string;
  readonly webOrigins: string;
  readonly postLogoutUris: string;
  readonly confidential: boolean;
  readonly standardFlowEnabled: boolean;
  readonly directAccessGrantsEnabled: boolean;
  readonly implicitFlowEnabled: boolean;
  readonly serviceAccountsEnabled: boolean;
  readonly consentRequired: boolean;
  readonly pkce: string;
  readonly frontchannelLogout: boolean;
  readonly frontchannelUrl: string;
  readonly backchannelUrl: string;
}

/** Members that are edited as they are. */
const PLAIN = [
  'clientId',
  'alwaysDisplayInConsole',
  'standardFlowEnabled',
  'directAccessGrantsEnabled',
  'implicitFlowEnabled',
  'serviceAccountsEnabled',
  'consentRequired',
  'frontchannelLogout',
] as const;
const TEXTS = ['name', 'description', 'rootUrl', 'baseUrl', 'adminUrl'] as const;
/** Fields that are attributes of the client. */
const ATTRIBUTES = {
  pkce: 'pkce.code.challenge.method',
  frontchannelUrl: 'frontchannel.logout.url',
  backchannelUrl: 'backchannel.logout.url',
} as const satisfies Partial<Record<keyof SettingsValues, string>>;
const POST_LOGOUT = 'post.logout.redirect.uris';
const SEPARATOR = '##';

/** The client as its form shows it. */
export function settingsOf(client: Client): SettingsValues {
  const attributes = client.attributes ?? {};
  const pick = <K extends keyof Client>(members: readonly K[]): Pick<Client, K> =>
    Object.fromEntries(members.map((member) => [member, client[member]])) as Pick<Client, K>;
  const texts = Object.fromEntries(TEXTS.map((member) => [member, client[member] ?? '']));
  const own = Object.fromEntries(Object.entries(ATTRIBUTES).map(([field, name]) => [field, attributes[name] ?? '']));
  return {
    ...pick(PLAIN),
    ...(texts as Record<(typeof TEXTS)[number], string>),
    ...(own as Record<keyof typeof ATTRIBUTES, string>),
    confidential: !client.publicClient,
    redirectUris: textOfLines(client.redirectUris),
    webOrigins: textOfLines(client.webOrigins),
    postLogoutUris: textOfLines((attributes[POST_LOGOUT] ?? '').split(SEPARATOR)),
  };
}

/** What was changed, and nothing else. @param dirty whether a field was changed */
export function changesOf(
  values: SettingsValues,
  dirty: Partial<Readonly<Record<keyof SettingsValues, boolean | undefined>>>,
): ClientChanges {
  const changed = <K extends keyof SettingsValues>(fields: readonly K[]): Partial<Pick<SettingsValues, K>> =>
    Object.fromEntries(fields.filter((field) => dirty[field]).map((field) => [field, values[field]])) as Partial<
      Pick<SettingsValues, K>
    >;
  const attributes: Record<string, string> = {};
  for (const [field, name] of Object.entries(ATTRIBUTES) as [keyof typeof ATTRIBUTES, string][])
    if (dirty[field]) attributes[name] = values[field].trim();
  if (dirty.postLogoutUris) attributes[POST_LOGOUT] = linesOf(values.postLogoutUris).join(SEPARATOR);
  // The server makes web origins of new redirect URIs unless it is told them, too.
  const addresses = dirty.redirectUris === true || dirty.webOrigins === true;
  return {
    ...changed(PLAIN),
    ...changed(TEXTS),
    ...(dirty.confidential && { publicClient: !values.confidential }),
    ...(addresses && { redirectUris: linesOf(values.redirectUris), webOrigins: linesOf(values.webOrigins) }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
}
