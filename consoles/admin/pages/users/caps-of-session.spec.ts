import { describe, expect, it } from 'vitest';
import { capsOfSession, type LimitedDoor } from './caps-of-session.js';

const door = (realmMax: number, clientMax: number, clientId?: string): LimitedDoor => ({
  door: 'browser',
  limiters: [{ realmMax, clientMax }],
  ...(clientId !== undefined && { clientId }),
});

describe('capsOfSession', () => {
  it('gives the smallest cap of the realm for its clients, and of each client that of its own flow, else the realm’s', () => {
    const doors = [door(3, 2), door(2, 1, 'shop'), door(1, 1, 'other'), { door: 'direct_grant', limiters: [{}] }];
    expect(capsOfSession(doors, ['shop', 'desk'])).toEqual([
      { max: 2 },
      { client: 'shop', max: 1 },
      { client: 'desk', max: 2 },
    ]);
  });

  it('gives the cap of the realm that the client’s own flow asks for, by the way in where they differ', () => {
    const grant = (realmMax: number): LimitedDoor => ({ door: 'direct_grant', limiters: [{ realmMax }] });
    expect(capsOfSession([door(1, 0), door(3, 0, 'shop'), grant(3)], ['shop'])).toEqual([{ max: 3 }]);
    expect(capsOfSession([door(1, 0), door(3, 0, 'shop'), grant(1)], ['shop'])).toEqual([
      { door: 'browser', max: 3 },
      { door: 'direct_grant', max: 1 },
    ]);
  });

  it('gives the cap of the realm’s flow for a session without clients', () => {
    expect(capsOfSession([door(2, 1), door(3, 1, 'shop')], [])).toEqual([{ max: 2 }]);
  });

  it('gives none where nothing limits', () => {
    expect(capsOfSession([door(0, 0)], ['shop'])).toEqual([]);
  });
});
