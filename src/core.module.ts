import type { Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import { createAuthenticatorRegistry } from './authenticators/index.js';
import type { Settings } from './config/settings.js';
import { AuthenticatorRegistry, FlowRunner, type UserFacts } from './engine/index.js';
import { EventStore } from './events/auth-events.js';
import { EventRecorder } from './events/event-recorder.js';
import { CompiledFlows } from './flows/compiled-flows.js';
import { ConfigService } from './flows/config-service.js';
import { ExecutionService } from './flows/execution-service.js';
import { loadFlowFiles } from './flows/flow-loader.js';
import { FlowBindingService } from './flows/flow-bindings.js';
import { FlowEditing } from './flows/flow-editing.js';
import { FlowPublishing } from './flows/flow-publishing.js';
import { FlowResolution } from './flows/flow-resolution.js';
import { FlowService } from './flows/flow-service.js';
import { FlowStore } from './flows/stored-flow.js';
import { Housekeeping } from './housekeeping.js';
import { projectFile } from './infrastructure/project-files.js';
import { AfterFlow } from './login/after-flow.js';
import { BrowserLogin } from './login/browser-login.js';
import { CompleteLogin } from './login/complete-login.js';
import { DirectGrant } from './login/direct-grant.js';
import { FlowAccess } from './login/flow-access.js';
import { FlowPhase } from './login/flow-phase.js';
import { LoginJournal } from './login/login-journal.js';
import { LoginPages } from './login/login-pages.js';
import { LoginStore } from './login/login-store.js';
import { LostLogins } from './login/lost-logins.js';
import { PendingLoginStore } from './login/pending-login.js';
import { SessionCodes } from './login/session-code.js';
import type { Stores } from './persistence/stores.js';
import { BruteForceGuard } from './realm/brute-force-guard.js';
import { ClientScopeStore } from './realm/client-scope.js';
import { ClientStore } from './realm/client.js';
import { GroupStore } from './realm/group.js';
import { LoginFailureStore } from './realm/login-failures.js';
import { PasswordHasher } from './realm/password-hasher.js';
import { RealmStore } from './realm/realm.js';
import { RoleService } from './realm/role-service.js';
import { RoleStore } from './realm/role.js';
import { Totp } from './realm/totp.js';
import { UserService } from './realm/user-service.js';
import { UserStore } from './realm/user.js';
import { Bootstrap } from './realm-files/bootstrap.js';
import { MasterAdministration } from './realm-files/master-administration.js';
import { RealmImport } from './realm-files/realm-import.js';
import { RealmPlanner } from './realm-files/realm-planner.js';
import { RealmWriter } from './realm-files/realm-writer.js';
import { RequiredActions } from './required-actions/index.js';
import { SessionService } from './sessions/session-service.js';
import { SessionStore } from './sessions/user-session.js';
import { Clock } from './shared/clock.js';
import { Sealer } from './shared/sealer.js';
import { UnitOfWork } from './shared/unit-of-work.js';
import { AccessTokenVerifier } from './tokens/access-token-verifier.js';
import { AuthorizationCodeStore } from './tokens/authorization-code.js';
import { AuthorizationCodes } from './tokens/authorization-codes.js';
import { ClaimsSource } from './tokens/claims-source.js';
import { RealmJwt } from './tokens/jwt.js';
import { OfflineSessions } from './tokens/offline-sessions.js';
import { RefreshService } from './tokens/refresh-service.js';
import { RevokedTokenStore } from './tokens/revoked-token.js';
import { RoleAccess } from './tokens/role-access.js';
import { ScopeResolver } from './tokens/scopes.js';
import { RealmKeyStore } from './tokens/signing-key.js';
import { RealmKeys } from './tokens/signing-keys.js';
import { TokenIntrospection } from './tokens/token-introspection.js';
import { TokenRevocation } from './tokens/token-revocation.js';
import { TokenService } from './tokens/token-service.js';
import { make, wire } from './wire.js';

/** What the outside gives to the framework-free middle. */
export interface Ground {
  readonly settings: Settings;
  readonly stores: Stores;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly logger: Logger;
  /** 256 bits from which one-time codes of pages are derived. */
  readonly sessionCodeKey: Buffer;
}

const value = <T>(token: abstract new (...parts: never[]) => T, useValue: T): Provider => ({
  provide: token,
  useValue,
});

const ports = ({ stores, sealer, clock }: Ground): Provider[] => [
  value(Clock, clock),
  value(Sealer, sealer),
  value(UnitOfWork, stores.unitOfWork),
  value(RealmStore, stores.realms),
  value(ClientStore, stores.clients),
  value(ClientScopeStore, stores.clientScopes),
  value(RoleStore, stores.roles),
  value(GroupStore, stores.groups),
  value(UserStore, stores.users),
  value(LoginFailureStore, stores.loginFailures),
  value(EventStore, stores.events),
  value(SessionStore, stores.sessions),
  value(FlowStore, stores.flows),
  value(RealmKeyStore, stores.realmKeys),
  value(AuthorizationCodeStore, stores.authorizationCodes),
  value(RevokedTokenStore, stores.revokedTokens),
  value(PendingLoginStore, stores.pendingLogins),
];

const realm = ({ settings }: Ground): Provider[] => [
  value(
    PasswordHasher,
    new PasswordHasher(settings.hashConcurrency === undefined ? {} : { concurrency: settings.hashConcurrency }),
  ),
  value(Totp, new Totp()),
  wire(EventRecorder, [EventStore, Clock, UnitOfWork]),
  wire(BruteForceGuard, [LoginFailureStore, UserStore, UnitOfWork, EventRecorder, Clock]),
  wire(RoleService, [RoleStore, ClientStore]),
  wire(UserService, [UserStore, PasswordHasher, Totp, Sealer, UnitOfWork, Clock]),
];

const tokens: Provider[] = [
  wire(SessionService, [SessionStore, UnitOfWork, Clock]),
  wire(RealmKeys, [RealmKeyStore, Sealer, UnitOfWork, Clock]),
  wire(RealmJwt, [RealmKeys, Clock]),
  wire(AuthorizationCodes, [AuthorizationCodeStore, UnitOfWork, Clock]),
  wire(ScopeResolver, [ClientScopeStore]),
  wire(RoleAccess, [RoleStore, ClientStore]),
  wire(ClaimsSource, [RoleAccess, GroupStore]),
  wire(TokenService, [RealmJwt, ClaimsSource, Clock]),
  wire(AccessTokenVerifier, [RealmJwt, SessionService, UserStore, ClientStore, RevokedTokenStore]),
  wire(OfflineSessions, [SessionStore, UnitOfWork, Clock]),
  wire(TokenIntrospection, [AccessTokenVerifier, ClaimsSource, ScopeResolver]),
  wire(TokenRevocation, [RealmJwt, SessionService, SessionStore, RevokedTokenStore, UnitOfWork, Clock]),
  wire(RefreshService, [
    RealmJwt,
    SessionService,
    SessionStore,
    UserStore,
    ScopeResolver,
    RoleAccess,
    TokenService,
    UnitOfWork,
    Clock,
  ]),
];

/** What the engine asks about users. */
const userFacts = (users: UserService, realms: RealmStore): UserFacts => ({
  credentialTypes: (realmId, userId) => users.credentialTypes(realmId, userId),
  isActionEnabled: async (realmId, action) =>
    (await realms.byId(realmId))?.requiredActions.some(({ alias, enabled }) => alias === action && enabled) ?? false,
});

const flows = ({ logger }: Ground): Provider[] => [
  make(
    AuthenticatorRegistry,
    [
      RealmStore,
      ClientStore,
      ClientScopeStore,
      UserStore,
      UserService,
      RoleService,
      GroupStore,
      BruteForceGuard,
      SessionStore,
      Clock,
    ],
    (realms, clients, clientScopes, users, userService, roles, groups, bruteForce, sessions, clock) =>
      createAuthenticatorRegistry({
        realms,
        clients,
        clientScopes,
        users,
        userService,
        roles,
        groups,
        bruteForce,
        sessions,
        clock,
      }),
  ),
  make(
    FlowRunner,
    [AuthenticatorRegistry, UserService, RealmStore],
    (registry, users, realms) => new FlowRunner(registry, userFacts(users, realms)),
  ),
  make(
    FlowResolution,
    [FlowStore],
    (store) =>
      new FlowResolution(store, (override) =>
        logger.warn(override, 'A client overrides its flow with one that is gone; the flow of the realm runs'),
      ),
  ),
  wire(CompiledFlows, [FlowStore, AuthenticatorRegistry, UnitOfWork, Clock]),
  wire(FlowPublishing, [FlowStore, RealmStore, ClientStore, AuthenticatorRegistry, Clock]),
  wire(FlowEditing, [FlowStore, UnitOfWork, FlowPublishing]),
  wire(FlowService, [FlowStore, RealmStore, ClientStore, FlowEditing]),
  wire(ExecutionService, [FlowStore, FlowEditing, AuthenticatorRegistry]),
  wire(ConfigService, [FlowStore, FlowEditing, AuthenticatorRegistry]),
  wire(FlowBindingService, [FlowStore, UnitOfWork, FlowPublishing, AuthenticatorRegistry]),
];

const login = ({ settings, sessionCodeKey }: Ground): Provider[] => [
  make(
    RequiredActions,
    [UserStore, UserService, SessionService, Totp, UnitOfWork, Clock],
    (users, userService, sessions, totp, unitOfWork, clock) =>
      new RequiredActions({ users, userService, sessions, totp, unitOfWork, clock }),
  ),
  wire(FlowAccess, [FlowResolution, CompiledFlows, FlowRunner]),
  wire(LoginJournal, [EventRecorder, BruteForceGuard]),
  wire(CompleteLogin, [UnitOfWork, RealmStore, ClientStore, UserStore, FlowStore, SessionStore, LoginJournal, Clock]),
  wire(DirectGrant, [FlowAccess, UserStore, UserService, CompleteLogin, LoginJournal, Clock]),
  value(SessionCodes, new SessionCodes(sessionCodeKey)),
  make(
    LoginStore,
    [PendingLoginStore, UnitOfWork, Clock],
    (store, unitOfWork, clock) => new LoginStore(store, unitOfWork, clock, settings.loginsPerAddress),
  ),
  wire(LostLogins, [ClientStore]),
  wire(AfterFlow, [
    RequiredActions,
    UserStore,
    UserService,
    ClientScopeStore,
    CompleteLogin,
    AuthorizationCodes,
    LoginStore,
    SessionCodes,
    LoginJournal,
    EventRecorder,
  ]),
  wire(LoginPages, [SessionCodes, Sealer, Clock]),
  wire(FlowPhase, [FlowAccess, LoginStore, AfterFlow, LoginJournal, Clock]),
  wire(BrowserLogin, [
    FlowAccess,
    ClientStore,
    LoginStore,
    FlowPhase,
    AfterFlow,
    LoginPages,
    LostLogins,
    SessionCodes,
    Sealer,
    Clock,
  ]),
  wire(Housekeeping, [
    RealmStore,
    SessionStore,
    AuthorizationCodeStore,
    RevokedTokenStore,
    PendingLoginStore,
    EventStore,
    UnitOfWork,
    Clock,
  ]),
];

/** Reads and checks the flow files, so that a server with a broken one does not start. */
async function planner(
  { settings, logger }: Ground,
  ...[registry, keys, hasher, sealer, clock]: readonly [AuthenticatorRegistry, RealmKeys, PasswordHasher, Sealer, Clock]
): Promise<RealmPlanner> {
  const { files, warnings } = await loadFlowFiles(settings.flows ?? projectFile('flows'), registry);
  if (warnings.length > 0)
    logger.warn(
      { warnings: [...new Set(warnings.map(({ message }) => message))] },
      'The flow files can be used; this is worth knowing of them',
    );
  return new RealmPlanner(files, registry, keys, hasher, sealer, clock);
}

const realmFiles = (ground: Ground): Provider[] => [
  {
    provide: RealmPlanner,
    useFactory: (...parts: [AuthenticatorRegistry, RealmKeys, PasswordHasher, Sealer, Clock]) =>
      planner(ground, ...parts),
    inject: [AuthenticatorRegistry, RealmKeys, PasswordHasher, Sealer, Clock],
  },
  wire(RealmWriter, [
    RealmStore,
    FlowStore,
    ClientScopeStore,
    ClientStore,
    RoleStore,
    GroupStore,
    UserStore,
    RealmKeys,
  ]),
  wire(MasterAdministration, [RealmStore, ClientStore, RoleStore]),
  wire(RealmImport, [RealmStore, RealmPlanner, RealmWriter, MasterAdministration, UnitOfWork]),
  wire(Bootstrap, [RealmStore, RealmImport]),
];

/** Every class that knows nothing of Nest, wired to its ports; nothing else. */
export const coreProviders = (ground: Ground): Provider[] => [
  ...ports(ground),
  ...realm(ground),
  ...tokens,
  ...flows(ground),
  ...login(ground),
  ...realmFiles(ground),
];
