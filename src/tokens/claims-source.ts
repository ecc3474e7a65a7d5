import type { Client } from '../realm/client.js';
import type { GroupStore } from '../realm/group.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import type { UserSession } from '../sessions/user-session.js';
import type { Claims } from './jwt.js';
import { boundMappers, mappedClaims, subjectFor, type ClaimsPurpose } from './mapped-claims.js';
import type { Access, RoleAccess } from './role-access.js';
import type { GrantedScope } from './scopes.js';
import { groupsFor } from './user-groups.js';
import { webOrigins } from './web-origins.js';

/** About whom, for whom and why claims are made. */
export interface ClaimsSubject {
  readonly realm: Realm;
  readonly client: Client;
  readonly user: User;
  readonly scope: GrantedScope;
  /** Address of this server, root of relative origins. */
  readonly base: string;
  readonly session?: Pick<UserSession, 'notes'> & Partial<Pick<UserSession, 'id' | 'authTime'>>;
  readonly acr: string;
  readonly nonce?: string;
}

/** Claims of one subject, for as many purposes as are asked for. */
export interface SubjectClaims {
  readonly access: Access;
  /** What the client knows the user by. */
  readonly subject: string;
  for(purpose: ClaimsPurpose): Claims;
}

/** Reads what mappers need, once, and lets them speak. */
export class ClaimsSource {
  constructor(
    private readonly roles: RoleAccess,
    private readonly groups: GroupStore,
  ) {}

  async of(subject: ClaimsSubject): Promise<SubjectClaims> {
    const { realm, client, user, session } = subject;
    const access = await this.roles.of(client, subject.scope, user.id);
    const mappers = boundMappers(client, access.scope);
    const named = subjectFor(mappers, user, client);
    const context = {
      realm,
      client,
      user,
      subject: named,
      roles: access.roles,
      groups: await groupsFor(mappers, this.groups, realm.id, user.id),
      notes: { ...session?.notes, ...(session?.authTime === undefined ? {} : { AUTH_TIME: String(session.authTime) }) },
      ...(session?.id === undefined ? {} : { sessionId: session.id }),
      acr: subject.acr,
      ...(subject.nonce === undefined ? {} : { nonce: subject.nonce }),
      allowedOrigins: webOrigins(client, subject.base),
    };
    return { access, subject: named, for: (purpose) => mappedClaims(mappers, purpose, context) };
  }
}
