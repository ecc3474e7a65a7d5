import type { Client } from '../realm/client.js';

type Addressed = Pick<Client, 'attributes' | 'rootUrl' | 'adminUrl' | 'frontchannelLogout'>;

/** Where a client is told of a logout by this server; undefined when it is told in the browser, or not at all. */
export function backchannelLogoutUrl(client: Addressed): string | undefined {
  return client.frontchannelLogout ? undefined : absolute(client.attributes['backchannel.logout.url'], client);
}

/** Where the browser loads a frame when it signs out; undefined when the client does not ask for one. */
export function frontchannelLogoutUrl(client: Addressed): string | undefined {
  return client.frontchannelLogout ? absolute(client.attributes['frontchannel.logout.url'], client) : undefined;
}

/** True for a client that is told of a logout at its admin URL, for want of anything newer. */
export const hasAdminLogout = (client: Addressed): boolean =>
  !client.frontchannelLogout && backchannelLogoutUrl(client) === undefined && Boolean(client.adminUrl);

/** A URL, relative ones resolved against the root URL; only http(s) is called, by us or by the browser. */
function absolute(url: string | undefined, { rootUrl }: Addressed): string | undefined {
  if (!url) return undefined;
  const full = url.startsWith('/') ? `${(rootUrl ?? '').replace(/\/+$/, '')}${url}` : url;
  return URL.canParse(full) && ['http:', 'https:'].includes(new URL(full).protocol) ? full : undefined;
}
