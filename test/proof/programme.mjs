// npm run proof: the proof of the cap over every kind of deployment, and its table in docs/proof.md; see there.
import '../support/register-typescript.mjs';
import { buildIfStale } from '../../scripts/build.mjs';

const { programme, readOptions } = await import('./programme.ts');

const options = readOptions(process.argv.slice(2));
buildIfStale();
process.exitCode = (await programme(options)) ? 0 : 1;
