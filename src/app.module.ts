import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { coreProviders, type Ground } from './core.module.js';
import { BrowserContexts } from './http/browser-context.js';
import { LoginReplies } from './http/login-replies.js';
import { Messages } from './http/messages.js';
import { PageRenderer } from './http/page-renderer.js';
import { PublicUrl } from './http/public-url.js';
import { RealmParam } from './http/realm-param.js';
import { AuthorizationRequests } from './oidc/authorization-request.js';
import { AuthorizeController } from './oidc/authorize.controller.js';
import { IntrospectionController } from './oidc/introspection.controller.js';
import { Logout } from './oidc/logout.js';
import { LogoutConfirmations } from './oidc/logout-confirmation.js';
import { LogoutController } from './oidc/logout.controller.js';
import { LogoutRequests } from './oidc/logout-request.js';
import { MetadataController } from './oidc/metadata.controller.js';
import { RevocationController } from './oidc/revocation.controller.js';
import { UserInfoController } from './oidc/userinfo.controller.js';
import { LogoutController } from './oidc/logout.controller.js';
import { LogoutConfirmations } from './oidc/logout-confirmation.js';
import { LogoutRequests } from './oidc/logout-request.js';
import { Logout } from './oidc/logout.js';
import { OidcAudit } from './oidc/audit.js';
import { ClientAuthentication } from './oidc/client-authentication.js';
import { AuthorizationCodeGrant } from './oidc/grants/authorization-code.grant.js';
import { ClientCredentialsGrant } from './oidc/grants/client-credentials.grant.js';
import { PasswordGrant } from './oidc/grants/password.grant.js';
import { RefreshTokenGrant } from './oidc/grants/refresh-token.grant.js';
import { PreflightController } from './oidc/preflight.controller.js';
import { TokenController } from './oidc/token.controller.js';
import { Clock } from './shared/clock.js';
import { RealmJwt } from './tokens/jwt.js';
import { RealmStore } from './realm/realm.js';
import { UserStore } from './realm/user.js';
import { SessionService } from './sessions/session-service.js';
import { HealthController } from './web/health.controller.js';
import { LoginActionsController } from './web/login-actions.controller.js';
import { PageErrorFilter } from './web/page-error.filter.js';
import { ResourcesController } from './web/resources.controller.js';
import { make, wire } from './wire.js';

/** What doors share. */
const doorKit = ({ settings }: Ground): Provider[] => [
  { provide: PublicUrl, useValue: new PublicUrl(settings.publicUrl) },
  wire(RealmParam, [RealmStore]),
  wire(Messages, []),
  make(PageRenderer, [Messages], (messages) => new PageRenderer(messages, settings.theme)),
  wire(BrowserContexts, [SessionService, UserStore, PublicUrl]),
  wire(LoginReplies, [PageRenderer, PublicUrl]),
];

/** The OpenID Connect door: its parts know Nest, which reads their constructors. */
const OIDC_PARTS: Provider[] = [
  AuthorizationCodeGrant,
  AuthorizationRequests,
  ClientAuthentication,
  ClientCredentialsGrant,
  Logout,
  LogoutConfirmations,
  LogoutRequests,
  OidcAudit,
  PasswordGrant,
  RefreshTokenGrant,
];

const OIDC_CONTROLLERS = [
  MetadataController,
  AuthorizeController,
  TokenController,
  IntrospectionController,
  RevocationController,
  UserInfoController,
  LogoutController,
  LogoutController,
  PreflightController,
];

/** The composition root: every class of the server, and nothing that decides. */
@Module({})
export class AppModule {
  static on(ground: Ground): DynamicModule {
    return {
      module: AppModule,
      controllers: [...OIDC_CONTROLLERS, LoginActionsController, HealthController, ResourcesController],
      providers: [...coreProviders(ground), ...doorKit(ground), ...OIDC_PARTS, { provide: APP_FILTER, useClass: PageErrorFilter }],
    };
  }
}
