// npm run bench:offline: what the first refresh of an offline session costs after a restart, against the second.
import '../test/support/register-typescript.mjs';
import { buildIfStale } from '../scripts/build.mjs';

const { benchOffline, readOfflineOptions } = await import('./offline.ts');

const options = readOfflineOptions(process.argv.slice(2));
if (options.program === undefined) buildIfStale();
process.exitCode = (await benchOffline(options)) ? 0 : 1;
