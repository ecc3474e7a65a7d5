// npm start: the server for real use; built first when there is something newer than the build.
import { buildIfStale } from './build.mjs';
import { standInFor, startServer } from './server-process.mjs';

buildIfStale();
standInFor(await startServer());
