// npm run bench: what the server costs on SQLite and PostgreSQL beside a floor: processor time, latency, memory. Writes bench/results.
import '../test/support/register-typescript.mjs';
import { buildIfStale } from '../scripts/build.mjs';

const { bench, readOptions } = await import('./bench.ts');

const options = readOptions(process.argv.slice(2));
if (options.program === undefined) buildIfStale();
await bench(options);
