import { describe, expect, it } from 'vitest';
import { sharesOf, type CpuProfile } from '../../../bench/profile/shares.js';

const frame = (functionName: string, url = ''): CpuProfile['nodes'][number]['callFrame'] => ({ functionName, url });
const PROFILE: CpuProfile = {
  nodes: [
    frame('(idle)'),
    frame('writev'),
    frame('query', 'file:///app/node_modules/@scope/driver/lib/client.js'),
    frame('run', 'file:///app/dist/src/engine/flow-run.js'),
    frame('emit', 'node:events'),
    frame(''),
  ].map((callFrame, id) => ({ id, callFrame })),
  samples: [5, 3, 0, 1, 2, 3, 4],
  timeDeltas: [900_000, 100_000, 5_000_000, 400_000, 300_000, 200_000, 100_000],
};

describe('The shares of a profile', () => {
  it('are of the last seconds of work, by folder, package, module and native function', () => {
    expect(sharesOf(PROFILE, 1)).toEqual([
      { part: 'writev', share: 0.4 },
      { part: '@scope/driver', share: 0.3 },
      { part: 'src/engine', share: 0.2 },
      { part: 'node:events', share: 0.1 },
    ]);
    const whole = sharesOf(PROFILE, 60);
    expect(whole.map(({ part }) => part)).toEqual(['(native)', 'writev', '@scope/driver', 'src/engine', 'node:events']);
    expect(whole.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });
});
