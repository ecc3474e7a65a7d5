import type { LoginPage, LoginPath } from '../login/browser-login-types.js';
import { writeClientData } from '../login/client-data.js';
import type { Client } from '../realm/client.js';

/** What finds a login again. */
type Place = Pick<LoginPage, 'request' | 'client' | 'tabId' | 'execution'>;

/** Address of a login-actions path with everything that finds the login again. */
export function loginAddress(
  issuer: string,
  path: LoginPath | 'restart',
  { request, client, tabId, execution }: Place,
): string {
  const query = new URLSearchParams({
    ...(path === 'restart' || execution === '' ? {} : { execution }),
    client_id: client.clientId,
    tab_id: tabId,
    client_data: writeClientData(request),
  });
  return `${issuer}/login-actions/${path}?${query.toString()}`;
}

/** Where a person goes on who cannot sign in; the first page's link carries its login, because nothing is stored. */
export function forgotAddress(issuer: string, step: LoginPage): string {
  const address = loginAddress(issuer, 'reset-credentials', { ...step, execution: '' });
  return step.restart === undefined ? address : `${address}&session_code=${encodeURIComponent(step.sessionCode)}`;
}

/** Home of an application: its base URL, resolved against its root URL. Only http(s) is linked. */
export function homeOf(client: Client, base: string): { url: string; name: string } | undefined {
  const root = (client.rootUrl ?? '').replace('${authBaseUrl}', base).replace('${authAdminUrl}', base);
  const path = client.baseUrl ?? root;
  if (path === '') return undefined;
  try {
    const url = new URL(path, root === '' ? base : root);
    const name = client.name === undefined || client.name.startsWith('${') ? client.clientId : client.name;
    return ['http:', 'https:'].includes(url.protocol) ? { url: url.toString(), name } : undefined;
  } catch {
    return undefined;
  }
}
