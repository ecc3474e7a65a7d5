import { describe, expect, it } from 'vitest';
import { capsOfSession, type LimitedDoor } from './caps-of-session.js';

const door = (realmMax: number, clientMax: number, clientId?: string): LimitedDoor => ({
  door: 'browser',
  limiters: [{ realmMax, clientMax }],
  ...(clientId !== undefined && { clientId }),
});

describe('capsOfSession', () => {
  it('gives the smallest cap of the realm, and of each client that of its own flow, else the realm’s', () => {
    const doors = [door(3, 2), door(2, 1, 'shop'), { door: 'direct_grant', limiters: [{}] }];
    expect(capsOfSession(doors, ['shop', 'desk'])).toEqual([
      { max: 2 },
      { client: 'shop', max: 1 },
      { client: 'desk', max: 2 },
    ]);
  });

  it('gives none where nothing limits', () => {
    expect(capsOfSession([door(0, 0)], ['shop'])).toEqual([]);
  });
});
