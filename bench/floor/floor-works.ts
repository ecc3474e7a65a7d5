import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { ADMIN, CAPS, SERVICE } from '../bench-realm.js';
import type { FloorKeys } from './floor-keys.js';
import { html, json, redirect, refusal, type FloorAnswer, type FloorRequest } from './floor-http.js';
import type { FloorPasswords } from './floor-passwords.js';
import type { FloorStore } from './floor-store.js';
import { personOf, tokenAnswer } from './floor-tokens.js';

const CODE_SECONDS = 60;
const PATH = /^\/(?:admin\/)?realms\/([^/]+)\/(.+)$/;
const LIST = /^clients\/([^/]+)\/user-sessions$/;

/**
 * The least that any server has to do for the works that are measured: one hash for a password, one durable write for a login or
 * the use of a session, one read by key where a session has to live, the signatures, and HTTP. There are no users (everybody has
 * the same password), no settings, no flows, no events.
 */
export class FloorWorks {
  constructor(
    private readonly store: FloorStore,
    private readonly keys: FloorKeys,
    private readonly passwords: FloorPasswords,
  ) {}

  async answer(request: FloorRequest): Promise<FloorAnswer> {
    const [, realm = '', work = ''] = PATH.exec(request.path) ?? [];
    switch (work) {
      case 'protocol/openid-connect/token':
        return this.token(realm, request);
      case 'protocol/openid-connect/token/introspect':
        return this.introspect(request);
      case 'protocol/openid-connect/userinfo':
        return this.userinfo(request);
      case 'protocol/openid-connect/auth':
        return loginPage(realm, request);
      case 'login-actions/authenticate':
        return this.authenticate(realm, request);
      case 'clients':
        return json([{ id: request.query.get('clientId') }]);
    }
    const clientId = LIST.exec(work)?.[1];
    return clientId === undefined ? refusal('not_found', 404) : this.sessionsOf(clientId, request);
  }

  private async token(realm: string, { form, base }: FloorRequest): Promise<FloorAnswer> {
    const frame = { issuer: `${base}/realms/${realm}`, clientId: form.get('client_id') ?? '' };
    switch (form.get('grant_type')) {
      case 'password': {
        const userId = form.get('username') ?? '';
        if (!(await this.isRight(realm, form))) return refusal('invalid_grant', 401);
        return this.logIn(frame, userId, newSessionId());
      }
      case 'authorization_code': {
        const code = this.keys.check(['HS512'], form.get('code') ?? '');
        const challenge = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url');
        if (code?.['typ'] !== 'Code' || code['challenge'] !== challenge || code['azp'] !== frame.clientId)
          return refusal('invalid_grant');
        return this.logIn(frame, String(code['sub']), String(code['jti']));
      }
      case 'refresh_token': {
        const { sub, sid, typ, azp } = this.keys.check(['HS512'], form.get('refresh_token') ?? '') ?? {};
        const isOurs = typ === 'Refresh' && azp === frame.clientId;
        if (!isOurs || !(await this.store.touch(String(sid), Date.now()))) return refusal('invalid_grant');
        return json(tokenAnswer(this.keys, { ...frame, userId: String(sub), sessionId: String(sid) }));
      }
      case 'client_credentials':
        if (!isService(form)) return refusal('unauthorized_client', 401);
        return json(tokenAnswer(this.keys, { ...frame, userId: `service-account-${frame.clientId}` }));
      default:
        return refusal('unsupported_grant_type');
    }
  }

  /** A code counts once because the session that it opens has its id: a second one is refused by the same write. */
  private async logIn(
    frame: { readonly issuer: string; readonly clientId: string },
    userId: string,
    id: string,
  ): Promise<FloorAnswer> {
    const cap = CAPS[frame.clientId];
    const session = { id, userId, clientId: frame.clientId, startedAt: Date.now() };
    const added = await (cap === undefined ? this.store.add(session) : this.store.addWithin(cap, session));
    return added ? json(tokenAnswer(this.keys, { ...frame, userId, sessionId: id })) : refusal('invalid_grant');
  }

  private isRight(realm: string, form: URLSearchParams): Promise<boolean> {
    const password = form.get('password') ?? '';
    return realm === 'master'
      ? this.passwords.isRight(realm, password, ADMIN.password)
      : this.passwords.isRight(realm, password);
  }

  private async authenticate(realm: string, { form, query }: FloorRequest): Promise<FloorAnswer> {
    if (!(await this.isRight(realm, form))) return refusal('invalid_user_credentials', 401);
    const code = this.keys.sign('HS512', {
      exp: Math.floor(Date.now() / 1000) + CODE_SECONDS,
      jti: newSessionId(),
      typ: 'Code',
      sub: form.get('username'),
      azp: query.get('client_id'),
      challenge: query.get('code_challenge'),
    });
    const back = new URLSearchParams({ state: query.get('state') ?? '', code });
    return redirect(`${query.get('redirect_uri') ?? ''}?${back.toString()}`);
  }

  private async introspect({ form }: FloorRequest): Promise<FloorAnswer> {
    if (!isService(form)) return refusal('invalid_client', 401);
    const claims = await this.live(form.get('token') ?? '');
    if (!claims) return json({ active: false });
    return json({ ...claims, client_id: claims['azp'], username: claims['sub'], token_type: 'Bearer', active: true });
  }

  private async userinfo({ bearer }: FloorRequest): Promise<FloorAnswer> {
    const claims = await this.live(bearer);
    return claims ? json(personOf(claims)) : refusal('invalid_token', 401);
  }

  private async sessionsOf(clientId: string, { bearer, query }: FloorRequest): Promise<FloorAnswer> {
    if (!(await this.live(bearer))) return refusal('invalid_token', 401);
    const sessions = await this.store.page(clientId, Number(query.get('max')));
    return json(
      sessions.map(({ id, userId, startedAt }) => ({
        id,
        username: userId,
        userId,
        ipAddress: '127.0.0.1',
        start: startedAt,
        lastAccess: startedAt,
        rememberMe: false,
        clients: { [clientId]: clientId },
        transientUser: false,
      })),
    );
  }

  /** The claims of an access token whose session is open. */
  private async live(token: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const claims = this.keys.check(['RS256', 'ES256'], token);
    return claims?.['typ'] === 'Bearer' && (await this.store.isOpen(String(claims['sid']))) ? claims : undefined;
  }
}

const newSessionId = (): string => randomBytes(18).toString('base64url');

function isService(form: URLSearchParams): boolean {
  const secret = Buffer.from(form.get('client_secret') ?? '');
  const expected = Buffer.from(SERVICE.secret);
  return (
    form.get('client_id') === SERVICE.clientId && secret.length === expected.length && timingSafeEqual(secret, expected)
  );
}

/** Nothing of it is remembered: the form brings everything along. */
function loginPage(realm: string, { base, query }: FloorRequest): FloorAnswer {
  const action = `${base}/realms/${realm}/login-actions/authenticate?${query.toString()}&tab_id=${randomUUID()}`;
  return html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in</title></head><body><main>
<h1>Sign in to your account</h1><form method="post" action="${action.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">
<label>Username <input name="username" autocomplete="username"></label>
<label>Password <input name="password" type="password" autocomplete="current-password"></label>
<button>Sign in</button></form></main></body></html>`);
}
