// The floor: a server that does nothing but what no server can do without. Takes SLUICE_DATABASE_URL, with the tables of `prepareFloor`,
// SLUICE_WORKERS and SLUICE_PORT as the server does, and says in the same words where it listens.
import cluster from 'node:cluster';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { FloorKeys, newKeys, type StoredKeys } from './floor-keys.js';
import { serverOf } from './floor-http.js';
import { FloorPasswords } from './floor-passwords.js';
import { FloorWorks } from './floor-works.js';
import { openFloorStore } from './open-floor-store.js';

const { SLUICE_DATABASE_URL = '', SLUICE_WORKERS = '1', SLUICE_PORT = '0', FLOOR_KEYS } = process.env;
const KEEP_ALIVE_MS = 72_000;

const workers = Number(SLUICE_WORKERS);
if (workers > 1 && cluster.isPrimary) {
  // Each checks what the others have signed. They end with this process.
  const keys = JSON.stringify(newKeys());
  const crew = Array.from({ length: workers }, () => cluster.fork({ FLOOR_KEYS: keys }));
  await Promise.all(crew.map((worker) => once(worker, 'listening')));
  console.log(JSON.stringify({ workers, msg: 'All server processes run' }));
} else {
  const keys = FLOOR_KEYS === undefined ? newKeys() : (JSON.parse(FLOOR_KEYS) as StoredKeys);
  const works = new FloorWorks(await openFloorStore(SLUICE_DATABASE_URL), new FloorKeys(keys), new FloorPasswords());
  const server = serverOf((request) => works.answer(request));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.listen(Number(SLUICE_PORT), '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}`, msg: 'Sluice is ready' }));
}
