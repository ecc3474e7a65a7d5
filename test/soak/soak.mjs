// npm run soak: mixed load with faults, for an hour unless told; see docs/proof.md.
import '../support/register-typescript.mjs';
import { buildIfStale } from '../../scripts/build.mjs';

const { readOptions, soak } = await import('./soak.ts');

const options = readOptions(process.argv.slice(2));
buildIfStale();
process.exitCode = (await soak(options)) ? 0 : 1;
