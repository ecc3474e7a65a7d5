import { join } from 'node:path';
import { ServerProcess } from '../../test/support/server-process.js';
import { CROWDS, crowdPrefix, ROOMY_APP } from '../bench-realm.js';
import { prepareFloor } from './open-floor-store.js';

/** Starts a floor on an empty database, which gets the sessions of `CROWDS`. */
export async function startFloor(url: string, workers = 1): Promise<ServerProcess> {
  await prepareFloor(
    url,
    CROWDS.map((crowd) => ({ ...crowd, prefix: crowdPrefix(crowd), clientId: ROOMY_APP.clientId })),
  );
  return ServerProcess.start({
    program: join(import.meta.dirname, 'floor-server.ts'),
    settings: { SLUICE_DATABASE_URL: url, SLUICE_WORKERS: String(workers) },
  });
}
