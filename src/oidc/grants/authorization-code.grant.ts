import { ADAPTER_SESSION_NOTE } from '../../logout/logout-deliveries.js';
import type { User } from '../../realm/user.js';
import type { UserStore } from '../../realm/user.js';
import type { SessionService } from '../../sessions/session-service.js';
import type { AuthorizationCodes } from '../../tokens/authorization-codes.js';
import type { AuthorizationCode } from '../../tokens/authorization-code.js';
import type { Consents } from '../../tokens/consents.js';
import type { OfflineSessions } from '../../tokens/offline-sessions.js';
import { pkceProblem } from '../../tokens/pkce.js';
import { CONSENT_WITHDRAWN } from '../../tokens/refresh-service.js';
import type { RoleAccess } from '../../tokens/role-access.js';
import type { ScopeResolver } from '../../tokens/scopes.js';
import type { SessionPart } from '../../tokens/token-lifespan.js';
import type { TokenRevocation } from '../../tokens/token-revocation.js';
import type { TokenService } from '../../tokens/token-service.js';
import type { TokenResponse } from '../../tokens/token-service.js';
import type { OidcAudit } from '../audit.js';
import { given } from '../form-parameters.js';
import type { OAuthError } from '../oauth-error.js';
import { OFFLINE_NOT_ALLOWED, refuseGrant, type GrantRefusal, type RefusedSubject } from './grant-refusal.js';
import { boundAs, type Grant, type GrantRequest } from './grant.js';

/** Characters of a name that an application gives to its own session. */
const LONGEST_NOTE = 255;

const consentWithdrawn: GrantRefusal = { event: 'not_allowed', error: 'invalid_scope', description: CONSENT_WITHDRAWN };
const inactiveSession: GrantRefusal = { event: 'user_session_not_found', description: 'Session not active' };
const invalidCode: GrantRefusal = { event: 'invalid_code', description: 'Code not valid' };

/** RFC 6749 section 4.1.3 with PKCE (RFC 7636). A code works once; whatever is wrong with the request, it is used up. */
export class AuthorizationCodeGrant implements Grant {
  readonly type = 'authorization_code';
  readonly event = 'CODE_TO_TOKEN';

  constructor(
    private readonly codes: AuthorizationCodes,
    private readonly sessions: SessionService,
    private readonly offlineSessions: OfflineSessions,
    private readonly revocation: TokenRevocation,
    private readonly users: UserStore,
    private readonly scopes: ScopeResolver,
    private readonly roles: RoleAccess,
    private readonly consents: Consents,
    private readonly tokens: TokenService,
    private readonly audit: OidcAudit,
  ) {}

  async handle(request: GrantRequest): Promise<TokenResponse> {
    const { realm, client, from } = request;
    const code = await this.redeem(request);
    const problem = requestProblem(code, request);
    if (problem) throw await this.refused(request, problem, code);
    const user = await this.users.byId(realm.id, code.userId);
    // Said before the session is looked at: disabling ended it, which is not what the caller needs to know.
    if (user?.enabled === false) throw await this.refused(request, userProblem(user), code);
    const part = await this.livePart(request, code);
    if ('description' in part) throw await this.refused(request, part, part === invalidCode ? onlySession(code) : code);
    if (!user) throw await this.refused(request, userProblem(user), code);
    const scope = await this.scopes.restore(client, code.scope);
    if (scope.offline && !(await this.roles.offlineAllowed(client, scope, user.id))) {
      throw await this.refused(request, OFFLINE_NOT_ALLOWED, code);
    }
    if (!(await this.consents.covers(client, user.id, scope.names))) {
      throw await this.refused(request, consentWithdrawn, code);
    }
    const kept = scope.offline ? await this.offlineSessions.open(part) : part;
    if (!kept) throw await this.refused(request, inactiveSession, code);
    const { response, tokenId, refreshTokenId } = await this.tokens.issue({
      realm,
      client,
      user,
      scope,
      from,
      ...boundAs(request),
      part: kept,
      ...(typeof code.claims['acr'] === 'string' ? { acr: code.claims['acr'] } : {}),
      ...(code.nonce === undefined ? {} : { nonce: code.nonce }),
    });
    await this.audit.succeeded(this.event, {
      realm,
      clientId: client.clientId,
      ipAddress: request.remoteAddress,
      ...subjectOf(code),
      details: { grant_type: this.type, token_id: tokenId, refresh_token_id: refreshTokenId, scope: response.scope },
    });
    return response;
  }

  /** Takes the code out of use. A code that comes a second time takes back what the first use gave. */
  private async redeem(request: GrantRequest): Promise<AuthorizationCode> {
    const text = given(request.form, 'code');
    if (text === undefined) {
      throw await this.refused(request, {
        event: 'invalid_code',
        error: 'invalid_request',
        description: 'Missing parameter: code',
      });
    }
    const redemption = await this.codes.redeem(request.realm, text);
    switch (redemption.kind) {
      case 'redeemed':
        return redemption.code;
      case 'replayed': {
        const { sessionId, clientId } = redemption.code;
        await this.revocation.takeBack(request.realm.id, sessionId, clientId);
        throw await this.refused(request, invalidCode, onlySession(redemption.code));
      }
      case 'expired':
        throw await this.refused(request, { event: 'expired_code', description: 'Code is expired' });
      case 'unknown':
        throw await this.refused(request, invalidCode);
    }
  }

  private async livePart(
    { realm, client, form }: GrantRequest,
    code: AuthorizationCode,
  ): Promise<SessionPart | GrantRefusal> {
    const live = await this.sessions.findLive(realm, code.sessionId, false);
    const clientSession = live?.clients.find((each) => each.clientId === client.id);
    if (!live) return invalidCode; // a code says nothing once its session is over
    if (!clientSession) return inactiveSession;
    const touched = await this.sessions.touch(realm.id, code.sessionId, false, client.id);
    if (!touched) return inactiveSession;
    const adapterSession = client.adminUrl ? given(form, ADAPTER_SESSION_NOTE)?.slice(0, LONGEST_NOTE) : undefined;
    if (adapterSession === undefined) return { session: live.session, clientSession };
    const noted = await this.sessions.note(clientSession, { [ADAPTER_SESSION_NOTE]: adapterSession });
    return { session: live.session, clientSession: noted };
  }

  private refused(request: GrantRequest, refusal: GrantRefusal, code?: Subject): Promise<OAuthError> {
    return refuseGrant(this.audit, this, request, refusal, code && subjectOf(code));
  }
}

type Subject = Pick<AuthorizationCode, 'sessionId'> & Partial<Pick<AuthorizationCode, 'userId'>>;

const subjectOf = ({ userId, sessionId }: Subject): RefusedSubject => ({
  sessionId,
  ...(userId === undefined ? {} : { userId }),
});
/** All that the event of a code tells that is not good any more. */
const onlySession = ({ sessionId }: AuthorizationCode): Subject => ({ sessionId });

/** What is wrong with the request itself, told against what the code was given for. */
function requestProblem(code: AuthorizationCode, { client, form, binding }: GrantRequest): GrantRefusal | undefined {
  if (code.clientId !== client.id)
    return { event: 'invalid_client', description: 'Auth error: Found different client_id in clientSession' };
  const redirectUri = given(form, 'redirect_uri');
  if (redirectUri === undefined ? code.redirectUriRequired : redirectUri !== code.redirectUri) {
    return { event: 'invalid_redirect_uri', description: 'Incorrect redirect_uri' };
  }
  if (!client.standardFlowEnabled) {
    return { event: 'not_allowed', error: 'unauthorized_client', description: 'Client not allowed to exchange code' };
  }
  const verifier = given(form, 'code_verifier');
  const pkce = pkceProblem(code, verifier);
  if (pkce !== undefined)
    return { event: verifier === undefined ? 'code_verifier_missing' : 'invalid_code_verifier', description: pkce };
  if (code.dpopJkt === undefined || code.dpopJkt === binding?.jkt) return undefined;
  return wrongKey(
    binding?.jkt === undefined ? 'DPoP Proof missing' : 'DPoP Proof public key thumbprint does not match dpop_jkt',
  );
}

const wrongKey = (description: string): GrantRefusal => ({
  event: 'invalid_request',
  error: 'invalid_request',
  description,
});

const userProblem = (user: User | undefined): GrantRefusal =>
  user
    ? { event: 'user_disabled', description: 'User disabled' }
    : { event: 'user_not_found', description: 'User not found' };
