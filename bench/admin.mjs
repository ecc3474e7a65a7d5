// npm run bench:admin: what lists and the flow editor cost in a realm of 10,000 users, 1,000 clients and 200 flows. Writes bench/results.
import '../test/support/register-typescript.mjs';
import { buildIfStale } from '../scripts/build.mjs';

const { admin, readOptions } = await import('./admin/admin.ts');

buildIfStale();
await admin(readOptions(process.argv.slice(2)));
