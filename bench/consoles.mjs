// npm run bench:consoles: how long the consoles take to load, to list and to edit a long flow in a realm of 10,000 users. Writes bench/results.
import '../test/support/register-typescript.mjs';
import { buildConsolesIfStale, buildIfStale } from '../scripts/build.mjs';

const { consoles, readOptions } = await import('./consoles/consoles.ts');

buildIfStale();
buildConsolesIfStale();
await consoles(readOptions(process.argv.slice(2)));
