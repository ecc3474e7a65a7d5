// npm run docs: writes the pages that are made from the code. test/contract/docs.spec.ts fails when one is stale.
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { generatedPages } from './pages.js';

for (const { path, text } of generatedPages()) writeFileSync(path, text);
