// npm run bench:growth: what lists, counts, refreshes and capped logins cost as the sessions of a realm grow. Writes bench/results.
import '../test/support/register-typescript.mjs';
import { buildIfStale } from '../scripts/build.mjs';

const { growth, readOptions } = await import('./growth/growth.ts');

buildIfStale();
await growth(readOptions(process.argv.slice(2)));
