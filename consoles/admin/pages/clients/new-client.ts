import type { ClientChanges } from './client-representation.js';
import { linesOf } from './text-lines.js';

/** What the wizard asks for. */
export interface NewClient {
  readonly type: ClientType;
  readonly clientId: string;
  readonly name: string;
  readonly confidential: boolean;
  readonly standardFlowEnabled: boolean;
  readonly directAccessGrantsEnabled: boolean;
  readonly serviceAccountsEnabled: boolean;
  readonly pkce: boolean;
  readonly rootUrl: string;
  readonly baseUrl: string;
  /** One on a line. */
  readonly redirectUris: string;
  readonly webOrigins: string;
}

const NO_URLS = { rootUrl: '', baseUrl: '', redirectUris: '', webOrigins: '' } as const;
const BROWSER = { standardFlowEnabled: true, directAccessGrantsEnabled: false, serviceAccountsEnabled: false } as const;

/** What kinds of applications there are, with what each of them needs. */
export const CLIENT_TYPES = {
  web: { ...NO_URLS, ...BROWSER, confidential: true, pkce: true },
  browser: { ...NO_URLS, ...BROWSER, confidential: false, pkce: true },
  native: { ...NO_URLS, ...BROWSER, confidential: false, pkce: true },
  service: {
    ...NO_URLS,
    confidential: true,
    standardFlowEnabled: false,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: true,
    pkce: false,
  },
} as const satisfies Record<string, Omit<NewClient, 'type' | 'clientId' | 'name'>>;
export type ClientType = 'web' | 'browser' | 'native' | 'service';

/** The client as it is sent. Without web origins those of the redirect URIs count. */
export function newClientBody(values: NewClient): ClientChanges {
  const { clientId, name, confidential, pkce, standardFlowEnabled, directAccessGrantsEnabled } = values;
  const origins = linesOf(values.webOrigins);
  return {
    clientId: clientId.trim(),
    ...(name.trim() !== '' && { name: name.trim() }),
    publicClient: !confidential,
    standardFlowEnabled,
    directAccessGrantsEnabled,
    serviceAccountsEnabled: confidential && values.serviceAccountsEnabled,
    ...(values.rootUrl.trim() !== '' && { rootUrl: values.rootUrl.trim() }),
    ...(values.baseUrl.trim() !== '' && { baseUrl: values.baseUrl.trim() }),
    ...(standardFlowEnabled && {
      redirectUris: linesOf(values.redirectUris),
      ...(origins.length > 0 && { webOrigins: origins }),
    }),
    ...(standardFlowEnabled && pkce && { attributes: { 'pkce.code.challenge.method': 'S256' } }),
  };
}
