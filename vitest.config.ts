import { defineConfig } from 'vitest/config';

// Decorators and their metadata need no setting here: Vite's transformer (Oxc) reads `experimentalDecorators` and
// `emitDecoratorMetadata` from the tsconfig.json that *includes* the file, so tsconfig.json must include `test`.
// test/contract/decorator-metadata.spec.ts fails when that is lost; Nest and TypeORM would fail far from the cause.
export default defineConfig({
  test: {
    include: ['src/**/*.spec.ts', 'consoles/**/*.spec.ts', 'test/**/*.spec.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // They find what hangs, and never measure: a busy machine may take ten times as long.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
