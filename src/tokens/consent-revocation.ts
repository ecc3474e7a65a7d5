import type { UserConsentStore } from '../realm/user-consent.js';
import type { SessionStore } from '../sessions/user-session.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { TokenRevocation } from './token-revocation.js';

/** Takes back what a user allowed an application, and what the application got by it. */
export class ConsentRevocation {
  constructor(
    private readonly consents: UserConsentStore,
    private readonly sessions: SessionStore,
    private readonly tokens: TokenRevocation,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Forgets the consent and takes the client out of the user's offline sessions; where there was a consent, also out of the online
   * ones, which go on for other clients (Admin API reference 5.3). Refresh tokens of the client then no longer work.
   * @param clientId internal id
   * @returns false when there was neither a consent nor an offline session
   */
  revoke(realmId: string, userId: string, clientId: string): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      await this.sessions.lockOwner(realmId, userId);
      const consented = await this.consents.delete(realmId, userId, clientId);
      const offline = await this.sessionsWith(realmId, userId, clientId, true);
      for (const id of offline) await this.tokens.detach(realmId, id, true, clientId);
      const online = consented ? await this.sessionsWith(realmId, userId, clientId, false) : [];
      for (const id of online) await this.sessions.deleteClientSession(realmId, id, false, clientId);
      return consented || offline.length > 0;
    });
  }

  private async sessionsWith(realmId: string, userId: string, clientId: string, offline: boolean): Promise<string[]> {
    const open = await this.sessions.openOfUser(realmId, userId, offline);
    return open.flatMap(({ session, clients }) =>
      clients.some((each) => each.clientId === clientId) ? [session.id] : [],
    );
  }
}
