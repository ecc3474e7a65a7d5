import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

/** An application that signs its people in with keycloak-js, unmodified. */
export interface KeycloakJsApplication {
  /** On another site than the server: `localhost`, not `127.0.0.1`. */
  readonly origin: string;
  close(): Promise<void>;
}

const KEYCLOAK_JS = readFileSync(createRequire(import.meta.url).resolve('keycloak-js'), 'utf8');

/** The page such an application makes: which server, realm and client the query says. What happens is kept for the test to read. */
const HOME = `<!doctype html><html lang="en"><title>App</title><h1>App</h1><script type="module">
import Keycloak from '/keycloak.js';
const query = new URLSearchParams(location.search);
const settings = query.get('url') ? Object.fromEntries(query) : JSON.parse(sessionStorage.getItem('settings'));
sessionStorage.setItem('settings', JSON.stringify(settings));
const keycloak = new Keycloak({ url: settings.url, realm: settings.realm, clientId: settings.clientId });
window.heard = [];
keycloak.onAuthLogout = () => heard.push('logout');
keycloak.onActionUpdate = (status, action) => heard.push(status + ' ' + action);
window.keycloak = keycloak;
window.started = keycloak.init({
  onLoad: 'check-sso',
  silentCheckSsoRedirectUri: location.origin + '/silent.html',
  silentCheckSsoFallback: false,
  checkLoginIframeInterval: 1,
  flow: settings.flow,
});
window.started.catch((error) => heard.push('failed: ' + (error?.error ?? error)));
</script></html>`;

/** What keycloak-js asks an application to serve for its silent check. */
const SILENT =
  '<!doctype html><html lang="en"><title>Silent</title><script>parent.postMessage(location.href, location.origin)</script></html>';

const FILES: Readonly<Record<string, readonly [type: string, body: string]>> = {
  '/': ['text/html', HOME],
  '/keycloak.js': ['text/javascript', KEYCLOAK_JS],
  '/silent.html': ['text/html', SILENT],
};

/** Starts the application. */
export async function startKeycloakJsApplication(): Promise<KeycloakJsApplication> {
  const server = createServer((request, response) => {
    const file = FILES[new URL(request.url ?? '/', 'http://app').pathname];
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': `${file[0]}; charset=utf-8` }).end(file[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
