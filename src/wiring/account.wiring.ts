import type { Provider } from '@nestjs/common';
import { AccountBearer } from '../account/account-bearer.js';
import { AccountCallers } from '../account/account-caller.js';
import { AccountProfile } from '../account/account-profile.js';
import { AccountWords } from '../account/account-words.js';
import { OwnApplications } from '../account/own-applications.js';
import { OwnCredentials } from '../account/own-credentials.js';
import { OwnSessions } from '../account/own-sessions.js';
import { PersonAuthentication } from '../account/person-authentication.js';
import { CredentialAdministration } from '../administration/credential-administration.js';
import { EventRecorder } from '../events/event-recorder.js';
import { AccessTokens } from '../http/access-tokens.js';
import { ClientCertificates } from '../http/client-certificate.js';
import { Messages } from '../http/messages.js';
import { PublicUrl } from '../http/public-url.js';
import { CredentialCheck } from '../login/credential-check.js';
import { ClientScopeStore } from '../realm/client-scope.js';
import { ClientStore } from '../realm/client.js';
import { UserConsentStore } from '../realm/user-consent.js';
import { UserStore } from '../realm/user.js';
import { SessionLists } from '../sessions/session-lists.js';
import { SessionService } from '../sessions/session-service.js';
import { SessionStore } from '../sessions/user-session.js';
import { Clock } from '../shared/clock.js';
import { UnitOfWork } from '../shared/unit-of-work.js';
import { ConsentRevocation } from '../tokens/consent-revocation.js';
import { RoleAccess } from '../tokens/role-access.js';
import { ScopeResolver } from '../tokens/scopes.js';
import { wire } from './wire.js';

/** What people do with their own account. */
export const account: readonly Provider[] = [
  wire(AccountCallers, [RoleAccess, ScopeResolver, ClientStore]),
  wire(AccountBearer, [AccessTokens, AccountCallers]),
  wire(PersonAuthentication, [
    AccountBearer,
    CredentialCheck,
    ClientCertificates,
    UserStore,
    AccountCallers,
    PublicUrl,
  ]),
  wire(AccountWords, [Messages]),
  wire(AccountProfile, [UserStore, EventRecorder, UnitOfWork]),
  wire(OwnSessions, [SessionService, SessionStore, SessionLists, ClientStore, Clock]),
  wire(OwnApplications, [
    SessionLists,
    ClientStore,
    ClientScopeStore,
    UserConsentStore,
    ConsentRevocation,
    EventRecorder,
    UnitOfWork,
    Clock,
  ]),
  wire(OwnCredentials, [CredentialAdministration, EventRecorder, UnitOfWork]),
];
