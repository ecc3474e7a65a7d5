// npm run demo: a server with an administrator and a realm to play with, and what to do with it.
import { createHash, randomBytes } from 'node:crypto';
import { buildIfStale } from './build.mjs';
import { isTaken, standInFor, startServer, untilReady } from './server-process.mjs';

const { SLUICE_HOST: host = '127.0.0.1', SLUICE_PORT: port = '8080' } = process.env;
const base = process.env['SLUICE_PUBLIC_URL'] ?? `http://${host}:${port}`;
const realm = `${base}/realms/demo`;
const token = `${realm}/protocol/openid-connect/token`;
const admin = {
  SLUICE_BOOTSTRAP_ADMIN_USERNAME: process.env['SLUICE_BOOTSTRAP_ADMIN_USERNAME'] ?? 'admin',
  SLUICE_BOOTSTRAP_ADMIN_PASSWORD: process.env['SLUICE_BOOTSTRAP_ADMIN_PASSWORD'] ?? 'admin',
};
const settings = {
  SLUICE_DATABASE_URL: process.env['SLUICE_DATABASE_URL'] ?? 'sqlite:.data/demo.sqlite',
  SLUICE_IMPORT: process.env['SLUICE_IMPORT'] ?? 'examples',
  SLUICE_LOG_LEVEL: process.env['SLUICE_LOG_LEVEL'] ?? 'error',
  ...admin,
};

const login = (client, user) =>
  `curl -s ${token} -d grant_type=password -d client_id=${client} -d username=${user} -d password=demo`;
/** Where an application would send the browser; the PKCE verifier is thrown away, because nobody exchanges the code. */
const signIn = (client) => {
  const challenge = createHash('sha256').update(randomBytes(32)).digest('base64url');
  const request = { client_id: client, response_type: 'code', scope: 'openid', redirect_uri: `${realm}/` };
  const query = new URLSearchParams({ ...request, code_challenge: challenge, code_challenge_method: 'S256' });
  return `${realm}/protocol/openid-connect/auth?${query}`;
};

const guide = `
Sluice is ready at ${base}

  Administrator   ${admin.SLUICE_BOOTSTRAP_ADMIN_USERNAME} / ${admin.SLUICE_BOOTSTRAP_ADMIN_PASSWORD}   (realm "master")
  Users           ada / demo and grace / demo   (realm "demo": at most two sessions each)

Click, sign in as ada, and do it again in two other browsers or private windows: the third login ends the first session.

  ${signIn('demo-app')}

The cap denies (demo-web): the third of three logins is refused with 403 and a message.

  for n in 1 2 3; do ${login('demo-web', 'ada')} -w ' -> %{http_code}' | tail -c 150; echo; done

The cap evicts (demo-app): after two more logins the first one's refresh token is worth nothing.

  first=$(${login('demo-app', 'grace')} | sed 's/.*"refresh_token":"\\([^"]*\\)".*/\\1/'); for n in 2 3; do ${login('demo-app', 'grace')} -o /dev/null; done; curl -s ${token} -d grant_type=refresh_token -d client_id=demo-app -d "refresh_token=$first"; echo

The data is in .data/ (delete the folder to begin again). Ctrl-C stops the server.
`;

if (await isTaken(host, Number(port))) {
  console.error(`Port ${port} of ${host} is in use. SLUICE_PORT chooses another: SLUICE_PORT=8090 npm run demo`);
  process.exit(1);
}
buildIfStale();
const server = await startServer(settings);
standInFor(server);
try {
  await untilReady(server, base);
  console.log(guide);
} catch (error) {
  console.error(error.message);
  server.kill('SIGTERM');
}
