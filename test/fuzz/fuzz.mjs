// npm run fuzz -- --minutes 10 [--seed n]: generated, malformed and boundary input for every route of a real server; see docs/api.md.
import '../support/register-typescript.mjs';
import { buildIfStale } from '../../scripts/build.mjs';

const { fuzzAServer, readOptions } = await import('./fuzz-a-server.ts');

const options = readOptions(process.argv.slice(2));
buildIfStale();
process.exitCode = (await fuzzAServer(options)) ? 0 : 1;
