/**
 * The check-session frame as keycloak-js talks to it (OpenID Connect Session Management section 3.2, with Keycloak's messages): the
 * application posts `<client id> <session id>`, and hears `unchanged`, `changed`, or `error` for an application that may not ask. The
 * cookie that a script can read is the hash of the session id, so the frame never tells whose session it is.
 */
export const LOGIN_STATUS_SCRIPT = `(() => {
  'use strict';
  const init = location.pathname.replace(/\\/+$/, '') + '/init';
  const allowed = new Map();

  const mayAsk = (clientId, origin) => {
    const key = clientId + ' ' + origin;
    if (!allowed.has(key)) {
      const query = new URLSearchParams({ client_id: clientId, origin });
      const answer = fetch(init + '?' + query, { credentials: 'omit' }).then(({ ok }) => ok);
      allowed.set(key, answer);
      answer.catch(() => allowed.delete(key));
    }
    return allowed.get(key);
  };

  const sessionCookie = () => {
    const found = document.cookie.split('; ').find((pair) => pair.startsWith('KEYCLOAK_SESSION='));
    return found === undefined ? '' : found.slice('KEYCLOAK_SESSION='.length);
  };

  const hashOf = async (text) => {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
    return btoa(String.fromCharCode(...digest)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  };

  const statusOf = async (clientId, sessionId, origin) => {
    if (!(await mayAsk(clientId, origin))) return 'error';
    const expected = sessionId === '' ? '' : await hashOf(sessionId);
    return sessionCookie() === expected ? 'unchanged' : 'changed';
  };

  addEventListener('message', async ({ data, origin, source }) => {
    if (source !== parent || typeof data !== 'string') return;
    const space = data.lastIndexOf(' ');
    if (space < 0) return;
    const status = await statusOf(data.slice(0, space), data.slice(space + 1), origin).catch(() => 'error');
    source.postMessage(status, origin);
  });
})();`;
