// npm run reseal: seals every secret of the database anew with the current encryption key.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfStale } from './build.mjs';

buildIfStale();
await import(pathToFileURL(join(import.meta.dirname, '..', 'dist', 'src', 'reseal.js')).href);
