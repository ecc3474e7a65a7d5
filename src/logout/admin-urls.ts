import type { Client } from '../realm/client.js';
import { liveNodes } from '../realm/registered-nodes.js';

type Administered = Pick<Client, 'adminUrl' | 'rootUrl'>;

/**
 * The address at which older applications are told what concerns them, as it is set; a relative one resolved against the root URL.
 * A placeholder (`${application.session.host}`) is not filled in: its host would come from the application's users, and no address with
 * it can be called. Undefined when there is none.
 */
export function adminUrl({ adminUrl: url, rootUrl = '' }: Administered): string | undefined {
  if (!url) return undefined;
  return url.startsWith('/') ? `${rootUrl.replace(/\/+$/, '')}${url}` : url;
}

/**
 * Where all of an application is told: its admin URL, or with registered nodes the same address at each of them.
 * @param now seconds
 */
export function adminUrls(
  client: Administered & Pick<Client, 'extra' | 'nodeReRegistrationTimeout'>,
  now: number,
): readonly string[] {
  const base = adminUrl(client);
  if (base === undefined) return [];
  const nodes = liveNodes(client, now);
  return nodes.length === 0 || !URL.canParse(base) ? [base] : nodes.map((node) => atHost(base, node));
}

/** The address of one action below an admin URL (`k_logout`, ...); a query stays behind it. */
export function actionUrl(base: string, action: string): string {
  const [, path = '', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(base) ?? [];
  return `${path.replace(/\/+$/, '')}/${action}${query}`;
}

function atHost(base: string, host: string): string {
  const url = new URL(base);
  url.hostname = host;
  return base.endsWith('/') ? url.href : url.href.replace(/\/$/, '');
}
