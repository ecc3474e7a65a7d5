// node --import ./test/support/register-typescript.mjs some-file.ts
// Lets a child process of a test run the project's TypeScript as it is, without a build.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
