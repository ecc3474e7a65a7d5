import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ACCOUNT_CONTROLLERS } from './account/account.controllers.js';
import { ADMIN_CONTROLLERS } from './admin/admin.controllers.js';
import { AdminCallers } from './admin/admin-caller.js';
import { RoleGrants } from './admin/role-grants.js';
import { UserViews } from './admin/user-views.js';
import { RoleAdministration } from './administration/role-administration.js';
import { UserAdministration } from './administration/user-administration.js';
import { coreProviders } from './core.module.js';
import type { Ground } from './wiring/ground.js';
import { AccessTokens } from './http/access-tokens.js';
import { BearerGuard } from './http/bearer.guard.js';
import { BrowserContexts } from './http/browser-context.js';
import { ClientCertificates } from './http/client-certificate.js';
import { LoginReplies } from './http/login-replies.js';
import { Messages } from './http/messages.js';
import { PageRenderer } from './http/page-renderer.js';
import { PublicUrl } from './http/public-url.js';
import { readTheme } from './http/theme.js';
import { SignedInBrowsers } from './http/signed-in-browsers.js';
import { RealmParam } from './http/realm-param.js';
import { TokenPossession } from './http/token-possession.js';
import { TrustedPeers } from './http/trusted-peers.js';
import { ServiceAccountLogin } from './login/service-account-login.js';
import { DirectGrant } from './login/direct-grant.js';
import { EventRecorder } from './events/event-recorder.js';
import { AuthorizationRequests } from './oidc/authorization-request.js';
import { Logout } from './oidc/logout.js';
import { LogoutConfirmations } from './oidc/logout-confirmation.js';
import { LogoutRequests } from './oidc/logout-request.js';
import { OIDC_CONTROLLERS } from './oidc/oidc.controllers.js';
import { OidcAudit } from './oidc/audit.js';
import { ClientAuthentication } from './oidc/client-authentication.js';
import { ClientAssertions } from './oidc/client-authentication/client-assertions.js';
import { ClientJwtMethod } from './oidc/client-authentication/client-jwt.method.js';
import { ClientSecretJwtMethod } from './oidc/client-authentication/client-secret-jwt.method.js';
import { ClientSecretMethod } from './oidc/client-authentication/client-secret.method.js';
import { AuthorizationCodeGrant } from './oidc/grants/authorization-code.grant.js';
import { ClientCredentialsGrant } from './oidc/grants/client-credentials.grant.js';
import { PasswordGrant } from './oidc/grants/password.grant.js';
import { RefreshTokenGrant } from './oidc/grants/refresh-token.grant.js';
import { PushedAuthorizations } from './oidc/pushed-authorization.js';
import { ClientStore } from './realm/client.js';
import { GroupStore } from './realm/group.js';
import { RoleStore } from './realm/role.js';
import { Clock } from './shared/clock.js';
import { Sealer } from './shared/sealer.js';
import { UnitOfWork } from './shared/unit-of-work.js';
import { AccessTokenVerifier } from './tokens/access-token-verifier.js';
import { AuthorizationCodes } from './tokens/authorization-codes.js';
import { DpopProofs } from './tokens/dpop-proofs.js';
import { ClientKeys } from './tokens/client-keys/client-keys.js';
import { RealmJwt } from './tokens/jwt.js';
import { Consents } from './tokens/consents.js';
import { OfflineSessions } from './tokens/offline-sessions.js';
import { PushedRequests } from './tokens/pushed-requests.js';
import { RefreshService } from './tokens/refresh-service.js';
import { RoleAccess } from './tokens/role-access.js';
import { ScopeResolver } from './tokens/scopes.js';
import { SingleUseStore } from './tokens/single-use.js';
import { TokenRevocation } from './tokens/token-revocation.js';
import { TokenService } from './tokens/token-service.js';
import { RealmStore } from './realm/realm.js';
import { UserStore } from './realm/user.js';
import { SessionService } from './sessions/session-service.js';
import { LastResortFilter } from './web/last-resort.filter.js';
import { ApiDocument } from './web/api-docs/api-document.js';
import { ConsoleFiles } from './web/consoles/console-files.js';
import { ConsolePage } from './web/consoles/console-page.js';
import { WEB_CONTROLLERS } from './web/web.controllers.js';
import { account } from './wiring/account.wiring.js';
import { make, wire } from './wiring/wire.js';

/** What doors share. */
const doorKit = ({ settings }: Ground, theme = readTheme(settings.theme)): Provider[] => [
  { provide: PublicUrl, useValue: new PublicUrl(settings.publicUrl, settings.httpRelativePath) },
  wire(RealmParam, [RealmStore]),
  { provide: Messages, useValue: new Messages(theme.messages) },
  make(
    PageRenderer,
    [Messages, PublicUrl],
    (messages, { pathPrefix }) => new PageRenderer(messages, theme, pathPrefix),
  ),
  wire(SignedInBrowsers, [SessionService, UserStore, Clock]),
  wire(BrowserContexts, [SignedInBrowsers, UserStore, PublicUrl]),
  wire(LoginReplies, [PageRenderer, PublicUrl]),
  wire(ApiDocument, [PublicUrl]),
  wire(ConsoleFiles, []),
  wire(ConsolePage, [ConsoleFiles, PublicUrl]),
  make(
    ClientCertificates,
    [Clock],
    (clock) => new ClientCertificates(new TrustedPeers(settings.trustProxy), settings.tlsClientCertHeader, clock),
  ),
  wire(TokenPossession, [DpopProofs, ClientCertificates, PublicUrl]),
  wire(AccessTokens, [AccessTokenVerifier, TokenPossession, PublicUrl]),
  wire(BearerGuard, [RealmStore, AccessTokens, PublicUrl]),
];

/** The OpenID Connect door. */
const oidc: Provider[] = [
  wire(ClientAssertions, [SingleUseStore, UnitOfWork, Clock]),
  wire(ClientSecretMethod, [Sealer]),
  wire(ClientJwtMethod, [ClientAssertions, ClientKeys]),
  wire(ClientSecretJwtMethod, [ClientAssertions, Sealer]),
  wire(ClientAuthentication, [ClientStore, PublicUrl, ClientSecretMethod, ClientJwtMethod, ClientSecretJwtMethod]),
  wire(OidcAudit, [EventRecorder]),
  wire(AuthorizationRequests, [ClientStore, ScopeResolver]),
  wire(PushedAuthorizations, [AuthorizationRequests, PushedRequests, ClientStore, Sealer]),
  wire(AuthorizationCodeGrant, [
    AuthorizationCodes,
    SessionService,
    OfflineSessions,
    TokenRevocation,
    UserStore,
    ScopeResolver,
    RoleAccess,
    Consents,
    TokenService,
    OidcAudit,
  ]),
  wire(PasswordGrant, [DirectGrant, ScopeResolver, RoleAccess, TokenService, Messages, OidcAudit]),
  wire(RefreshTokenGrant, [RefreshService, OidcAudit]),
  wire(ClientCredentialsGrant, [
    UserStore,
    ScopeResolver,
    RoleAccess,
    ServiceAccountLogin,
    TokenService,
    Messages,
    OidcAudit,
  ]),
  wire(LogoutRequests, [RealmJwt, ClientStore]),
  wire(LogoutConfirmations, [Sealer, Clock]),
  wire(Logout, [RealmJwt, SessionService, ClientStore, OidcAudit]),
];

/** What only the Admin door needs. */
const admin: Provider[] = [
  wire(AdminCallers, [RoleAccess, ScopeResolver]),
  wire(RoleGrants, [RoleAdministration, RoleStore, ClientStore, GroupStore]),
  wire(UserViews, [UserAdministration]),
];

/** The composition root: every class of the server, and nothing that decides. */
@Module({})
export class AppModule {
  static on(ground: Ground): DynamicModule {
    return {
      module: AppModule,
      controllers: [...OIDC_CONTROLLERS, ...ADMIN_CONTROLLERS, ...ACCOUNT_CONTROLLERS, ...WEB_CONTROLLERS],
      providers: [
        ...coreProviders(ground),
        ...doorKit(ground),
        ...oidc,
        ...admin,
        ...account,
        { provide: APP_FILTER, useClass: LastResortFilter },
      ],
    };
  }
}
