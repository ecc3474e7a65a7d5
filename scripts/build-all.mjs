// npm run build: the server and the consoles.
import { buildAll } from './build.mjs';

buildAll();
