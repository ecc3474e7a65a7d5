// npm run proof:limits: many logins of one user at the same instant, against a real server; see docs/proof.md.
import '../support/register-typescript.mjs';
import { buildIfStale } from '../../scripts/build.mjs';

const { proveLimits, readOptions } = await import('./prove-limits.ts');

const options = readOptions(process.argv.slice(2));
if (options.program === undefined) buildIfStale();
process.exitCode = (await proveLimits(options)) ? 0 : 1;
