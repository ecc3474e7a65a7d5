import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClientSession } from '../sessions/user-session.js';
import type { CheckedClaims } from './jwt.js';
import { rotate, type Rotation } from './refresh-rotation.js';

let serial = 0;
const token = (rotation: Rotation): CheckedClaims => ({
  jti: `t${String(serial++)}`,
  iat: 1,
  typ: 'Refresh',
  azp: 'app',
  all: {
    reuse_generation: rotation.generation,
    ...(rotation.reuseId === undefined ? {} : { reuse_id: rotation.reuseId }),
  },
});

function use(refresh: ClientSession['refresh'], used: CheckedClaims, maxReuse = 0) {
  const step = rotate(refresh, used, maxReuse);
  if (step.kind !== 'next') throw new Error(step.kind);
  return { refresh: step.refresh, token: token(step.next) };
}

describe('rotate', () => {
  const first = token({ reuseId: 'tab', generation: 0 });

  it('lets each token of a chain be used once', () => {
    const one = use({}, first);
    const two = use(one.refresh, one.token);
    expect(rotate(two.refresh, two.token, 0).kind).toBe('next');
  });

  it('tells reuse of the last token from use of an older one', () => {
    const one = use({}, first);
    expect(rotate(one.refresh, first, 0)).toEqual({ kind: 'reused' });
    const two = use(one.refresh, one.token);
    expect(rotate(two.refresh, first, 0)).toEqual({ kind: 'stale' });
  });

  it('allows as many further uses as the realm says', () => {
    const one = use({}, first, 1);
    const again = use(one.refresh, first, 1);
    expect(rotate(again.refresh, first, 1)).toEqual({ kind: 'reused' });
  });

  it('keeps chains apart', () => {
    const one = use({}, first);
    expect(rotate(one.refresh, token({ reuseId: 'other tab', generation: 0 }), 0).kind).toBe('next');
  });

  it('takes tokens from before the realm rotated as one chain', () => {
    const old = token({ generation: 0 });
    const one = use({}, old);
    expect(rotate(one.refresh, old, 0)).toEqual({ kind: 'reused' });
    expect(rotate(one.refresh, one.token, 0).kind).toBe('next');
  });

  it('never accepts a token twice without reuse, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 })), (picks) => {
        let refresh: ClientSession['refresh'] = {};
        const issued = [token({ reuseId: 'c', generation: 0 })];
        const accepted = new Set<string>();
        for (const pick of picks) {
          const chosen = issued[pick % issued.length];
          if (!chosen) continue;
          const step = rotate(refresh, chosen, 0);
          if (step.kind !== 'next') continue;
          expect(accepted.has(chosen.jti)).toBe(false);
          accepted.add(chosen.jti);
          refresh = step.refresh;
          issued.push(token(step.next));
        }
      }),
    );
  });
});
