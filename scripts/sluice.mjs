#!/usr/bin/env node
// The command line `sluice`; built first when there is something newer than the build.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfStale } from './build.mjs';

buildIfStale();
await import(pathToFileURL(join(import.meta.dirname, '..', 'dist', 'src', 'cli', 'sluice.js')).href);
