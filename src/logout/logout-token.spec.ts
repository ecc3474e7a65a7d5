import { describe, expect, it } from 'vitest';
import type { Client } from '../realm/client.js';
import { logoutTokenClaims, SESSION_END_EVENT } from './logout-token.js';

const BACKCHANNEL = 'http://schemas.openid.net/event/backchannel-logout';
const claims = (attributes: Readonly<Record<string, string>>, sessionId?: string) =>
  logoutTokenClaims(
    {
      issuer: 'https://idp.test/realms/r',
      client: { clientId: 'app', attributes } as unknown as Client,
      userId: 'u',
      end: { reason: 'evicted' },
      ...(sessionId === undefined ? {} : { sessionId }),
    },
    1000,
  );

describe('the logout token (row 29)', () => {
  it('says who signed out where, for two minutes, and never has a nonce', () => {
    const { jti, ...others } = claims({});
    expect(jti).toMatch(/^[0-9a-f-]{36}$/);
    expect(others).toEqual({
      iss: 'https://idp.test/realms/r',
      aud: 'app',
      sub: 'u',
      iat: 1000,
      exp: 1120,
      typ: 'Logout',
      events: { [BACKCHANNEL]: {}, [SESSION_END_EVENT]: { reason: 'evicted' } },
    });
  });

  it.each([
    ['true', 's', 's'],
    ['true', undefined, undefined],
    ['false', 's', undefined],
  ])('names the session when the client wants that (%s) and one session ended (%s)', (required, session, sid) => {
    expect(claims({ 'backchannel.logout.session.required': required }, session)['sid']).toBe(sid);
  });

  it('asks to forget offline tokens when the client is set so', () => {
    const { events } = claims({ 'backchannel.logout.revoke.offline.tokens': 'true' });
    expect(events).toMatchObject({ revoke_offline_access: true });
  });
});
