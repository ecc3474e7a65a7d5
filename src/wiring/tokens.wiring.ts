import { ClientScopeStore } from '../realm/client-scope.js';
import { ClientStore } from '../realm/client.js';
import { GroupStore } from '../realm/group.js';
import { RoleStore } from '../realm/role.js';
import { UserConsentStore } from '../realm/user-consent.js';
import { UserStore } from '../realm/user.js';
import { SessionEnds } from '../sessions/session-ends.js';
import { SessionService } from '../sessions/session-service.js';
import { SessionStore } from '../sessions/user-session.js';
import { Clock } from '../shared/clock.js';
import { Outbound } from '../shared/outbound.js';
import { Sealer } from '../shared/sealer.js';
import { UnitOfWork } from '../shared/unit-of-work.js';
import { AccessTokenVerifier } from '../tokens/access-token-verifier.js';
import { AuthorizationCodeStore } from '../tokens/authorization-code.js';
import { AuthorizationCodes } from '../tokens/authorization-codes.js';
import { ClaimsSource } from '../tokens/claims-source.js';
import { DpopProofs } from '../tokens/dpop-proofs.js';
import { ClientKeys } from '../tokens/client-keys/client-keys.js';
import { FetchedKeySets } from '../tokens/client-keys/fetched-key-sets.js';
import { ConsentRevocation } from '../tokens/consent-revocation.js';
import { Consents } from '../tokens/consents.js';
import { RealmJwt } from '../tokens/jwt.js';
import { OfflineSessions } from '../tokens/offline-sessions.js';
import { PushedRequestStore } from '../tokens/pushed-request.js';
import { PushedRequests } from '../tokens/pushed-requests.js';
import { RefreshService } from '../tokens/refresh-service.js';
import { AccessTokenRecords } from '../tokens/access-token-records.js';
import { RevokedTokenStore } from '../tokens/revoked-token.js';
import { RoleAccess } from '../tokens/role-access.js';
import { ScopeResolver } from '../tokens/scopes.js';
import { SingleUseStore } from '../tokens/single-use.js';
import { RealmKeyStore } from '../tokens/signing-key.js';
import { RealmKeys } from '../tokens/signing-keys.js';
import { TokenIntrospection } from '../tokens/token-introspection.js';
import { TokenRevocation } from '../tokens/token-revocation.js';
import { TokenService } from '../tokens/token-service.js';
import type { Provider } from '@nestjs/common';
import { wire } from './wire.js';

/** Sessions, keys and tokens. */
export const tokens: Provider[] = [
  wire(SessionService, [SessionStore, SessionEnds, UnitOfWork, Clock]),
  wire(RealmKeys, [RealmKeyStore, Sealer, UnitOfWork, Clock]),
  wire(RealmJwt, [RealmKeys, Clock]),
  wire(FetchedKeySets, [Outbound, Clock]),
  wire(ClientKeys, [FetchedKeySets]),
  wire(AuthorizationCodes, [AuthorizationCodeStore, UnitOfWork, Clock]),
  wire(PushedRequests, [PushedRequestStore, UnitOfWork, Clock]),
  wire(ScopeResolver, [ClientScopeStore]),
  wire(RoleAccess, [RoleStore, ClientStore]),
  wire(ClaimsSource, [RoleAccess, GroupStore]),
  wire(TokenService, [RealmJwt, ClaimsSource, Clock]),
  wire(AccessTokenVerifier, [RealmJwt, SessionService, ClientStore, AccessTokenRecords]),
  wire(DpopProofs, [SingleUseStore, UnitOfWork, Clock]),
  wire(OfflineSessions, [SessionStore, UnitOfWork, Clock]),
  wire(TokenIntrospection, [AccessTokenVerifier, ClaimsSource, ScopeResolver, RealmJwt]),
  wire(TokenRevocation, [RealmJwt, SessionService, SessionStore, RevokedTokenStore, UnitOfWork, Clock]),
  wire(Consents, [UserConsentStore, ClientScopeStore, UnitOfWork, Clock]),
  wire(ConsentRevocation, [UserConsentStore, SessionStore, TokenRevocation, UnitOfWork]),
  wire(RefreshService, [
    RealmJwt,
    SessionService,
    SessionStore,
    UserStore,
    ScopeResolver,
    RoleAccess,
    Consents,
    TokenService,
    UnitOfWork,
    Clock,
  ]),
];
