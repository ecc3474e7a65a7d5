import { ExportResultCode } from '@opentelemetry/core';
import { expect, it } from 'vitest';
import { ToldExporter } from './told-exporter.js';

it('tells once that traces are lost, and once that they arrive again', () => {
  const results = [1, 0, 0, 1, 1, 0].map((isFine) =>
    isFine ? { code: ExportResultCode.SUCCESS } : { code: ExportResultCode.FAILED, error: new Error('gone') },
  );
  const told: string[] = [];
  const exporter = new ToldExporter(
    { export: (_, done) => done(results.shift()!), shutdown: () => Promise.resolve() },
    { lost: (error) => told.push(`lost: ${String(error)}`), arriving: () => told.push('arriving') },
  );
  const passed: number[] = [];
  for (let batch = 0; batch < 6; batch++) exporter.export([], ({ code }) => passed.push(code));
  expect(told).toEqual(['lost: Error: gone', 'arriving', 'lost: Error: gone']);
  expect(passed).toHaveLength(6);
});
