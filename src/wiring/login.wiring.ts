import { AuthenticatorRegistry, FlowRunner } from '../engine/index.js';
import { DeliveryStore } from '../deliveries/delivery.js';
import { AdminEventStore } from '../events/admin-events.js';
import { EventStore } from '../events/auth-events.js';
import { EventRecorder } from '../events/event-recorder.js';
import { CompiledFlows } from '../flows/compiled-flows.js';
import { FlowResolution } from '../flows/flow-resolution.js';
import { FlowStore } from '../flows/stored-flow.js';
import { Housekeeping } from '../background/housekeeping.js';
import { AfterFlow } from '../login/after-flow.js';
import { AttemptLimit } from '../login/attempt-limit.js';
import { BrowserCompletion } from '../login/browser-completion.js';
import { BrowserLogin } from '../login/browser-login.js';
import { CompleteLogin } from '../login/complete-login.js';
import { CredentialCheck } from '../login/credential-check.js';
import { DirectFlow } from '../login/direct-flow.js';
import { DirectGrant } from '../login/direct-grant.js';
import { FlowAccess } from '../login/flow-access.js';
import { FlowPhase } from '../login/flow-phase.js';
import { FrontChannel } from '../login/front-channel.js';
import { JoinedLimits } from '../login/joined-limits.js';
import { LinkChecks } from '../login/link-checks.js';
import { LinkedActions } from '../login/linked-actions.js';
import { LinkedLogins } from '../login/linked-logins.js';
import { LinkedReset } from '../login/linked-reset.js';
import { LoginJournal } from '../login/login-journal.js';
import { LoginPages } from '../login/login-pages.js';
import { LoginRecords } from '../login/login-records.js';
import { LoginStore } from '../login/login-store.js';
import { LostLogins } from '../login/lost-logins.js';
import { MailLinks } from '../login/mail-links.js';
import { PasswordResets } from '../login/password-resets.js';
import { PendingLoginStore } from '../login/pending-login.js';
import { ServiceAccountLogin } from '../login/service-account-login.js';
import { SessionCodes } from '../login/session-code.js';
import { BruteForceGuard } from '../realm/brute-force-guard.js';
import { ClientStore } from '../realm/client.js';
import { GroupStore } from '../realm/group.js';
import { LoginFailureStore } from '../realm/login-failures.js';
import { Memberships } from '../realm/memberships.js';
import { RealmStore } from '../realm/realm.js';
import { RoleService } from '../realm/role-service.js';
import { Totp } from '../realm/totp.js';
import { UserService } from '../realm/user-service.js';
import { UserStore } from '../realm/user.js';
import { RequiredActions } from '../required-actions/index.js';
import { LimitedSessionReader } from '../sessions/limited-sessions.js';
import { OwnSessionReader } from '../sessions/own-sessions.js';
import { SessionEnds } from '../sessions/session-ends.js';
import { SessionLists } from '../sessions/session-lists.js';
import { SessionService } from '../sessions/session-service.js';
import { SessionSweeper } from '../sessions/session-sweeper.js';
import { SessionStore } from '../sessions/user-session.js';
import { Clock } from '../shared/clock.js';
import { RateLimit } from '../shared/rate-limit.js';
import { Sealer } from '../shared/sealer.js';
import { UnitOfWork } from '../shared/unit-of-work.js';
import { ActionMails } from '../tokens/action-tokens/action-mails.js';
import { ActionTokens } from '../tokens/action-tokens/action-tokens.js';
import { AuthorizationCodeStore } from '../tokens/authorization-code.js';
import { AuthorizationCodes } from '../tokens/authorization-codes.js';
import { Consents } from '../tokens/consents.js';
import { RevokedTokenStore } from '../tokens/revoked-token.js';
import { ScopeResolver } from '../tokens/scopes.js';
import { TokenService } from '../tokens/token-service.js';
import { PushedRequestStore } from '../tokens/pushed-request.js';
import { SingleUseStore } from '../tokens/single-use.js';
import { RealmKeyStore } from '../tokens/signing-key.js';
import type { Provider } from '@nestjs/common';
import type { Ground } from './ground.js';
import { make, value, wire } from './wire.js';

/** Logins of both doors, and what tidies up behind them. */
export const login = ({ settings, sessionCodeKey, clock }: Ground): Provider[] => [
  make(
    RequiredActions,
    [UserStore, UserService, SessionService, Totp, UnitOfWork, Clock, ActionMails],
    (users, userService, sessions, totp, unitOfWork, clock, actionMails) =>
      new RequiredActions({ users, userService, sessions, totp, unitOfWork, clock, actionMails }),
  ),
  wire(FlowAccess, [FlowResolution, CompiledFlows, FlowRunner]),
  wire(LoginJournal, [EventRecorder, BruteForceGuard, UnitOfWork]),
  wire(Memberships, [RoleService, GroupStore]),
  wire(OwnSessionReader, [SessionStore]),
  wire(LimitedSessionReader, [OwnSessionReader, SessionStore, Memberships]),
  wire(JoinedLimits, [FlowAccess, AuthenticatorRegistry, FlowStore]),
  wire(CompleteLogin, [
    UnitOfWork,
    LoginRecords,
    FlowStore,
    SessionStore,
    LimitedSessionReader,
    SessionEnds,
    BruteForceGuard,
    LoginJournal,
    Clock,
  ]),
  value(
    AttemptLimit,
    new AttemptLimit(
      settings.attemptsPerUser === undefined ? undefined : new RateLimit(settings.attemptsPerUser, clock),
    ),
  ),
  wire(DirectFlow, [FlowAccess, UserStore, RequiredActions, LoginJournal, AttemptLimit, Clock]),
  wire(DirectGrant, [DirectFlow, CompleteLogin, LoginJournal]),
  wire(ServiceAccountLogin, [FlowAccess, AuthenticatorRegistry, CompleteLogin, LoginJournal, Clock]),
  wire(CredentialCheck, [DirectFlow, LoginRecords, BruteForceGuard, LoginJournal]),
  value(SessionCodes, new SessionCodes(sessionCodeKey)),
  make(
    LoginStore,
    [PendingLoginStore, UnitOfWork, Clock],
    (store, unitOfWork, clock) => new LoginStore(store, unitOfWork, clock, settings.loginsPerAddress),
  ),
  wire(LostLogins, [ClientStore]),
  wire(FrontChannel, [TokenService, ScopeResolver]),
  wire(LinkedLogins, [UserStore, ActionTokens, LoginStore, UnitOfWork]),
  wire(BrowserCompletion, [
    CompleteLogin,
    AuthorizationCodes,
    LoginStore,
    LoginJournal,
    FrontChannel,
    LinkedLogins,
    FlowAccess,
    JoinedLimits,
    Clock,
  ]),
  wire(AfterFlow, [
    RequiredActions,
    UserStore,
    Consents,
    BrowserCompletion,
    LoginStore,
    SessionCodes,
    LoginJournal,
    LoginRecords,
    EventRecorder,
    LinkedLogins,
    Clock,
  ]),
  wire(LoginPages, [SessionCodes, Sealer, Clock]),
  wire(FlowPhase, [FlowAccess, LoginStore, AfterFlow, LoginJournal, AttemptLimit, Clock]),
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
  wire(SessionSweeper, [SessionLists, SessionEnds, UnitOfWork, Clock]),
  wire(PasswordResets, [BrowserLogin, ClientStore, EventRecorder]),
  wire(LinkChecks, [UserStore, ClientStore, ActionTokens]),
  wire(LinkedReset, [FlowAccess, FlowPhase, Clock]),
  wire(LinkedActions, [AfterFlow, UserService, EventRecorder, Clock]),
  wire(MailLinks, [
    ActionTokens,
    LinkChecks,
    LinkedReset,
    LinkedActions,
    LoginStore,
    BrowserLogin,
    ClientStore,
    EventRecorder,
    Clock,
  ]),
  make(
    Housekeeping,
    [
      RealmStore,
      SessionStore,
      SessionSweeper,
      SessionLists,
      AuthorizationCodeStore,
      RevokedTokenStore,
      PendingLoginStore,
      SingleUseStore,
      PushedRequestStore,
      LoginFailureStore,
      EventStore,
      AdminEventStore,
      DeliveryStore,
      RealmKeyStore,
      UnitOfWork,
      Clock,
    ],
    (...parts) => new Housekeeping(...parts, settings.retentionDays),
  ),
];
