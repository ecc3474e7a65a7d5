import type { ClientScopeStore } from '../realm/client-scope.js';
import type { ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { UserConsent, UserConsentStore } from '../realm/user-consent.js';
import { toConsentRepresentation } from '../representations/consent-representation.js';
import type { SessionService } from '../sessions/session-service.js';
import type { JsonObject } from '../shared/json.js';
import type { ConsentRevocation } from '../tokens/consent-revocation.js';
import { administrationErrors } from './administration-errors.js';

/** What users allowed applications, as administrators see it and take it back. */
export class ConsentAdministration {
  constructor(
    private readonly consents: UserConsentStore,
    private readonly sessions: SessionService,
    private readonly clients: ClientStore,
    private readonly clientScopes: ClientScopeStore,
    private readonly revocation: ConsentRevocation,
  ) {}

  /** Applications the user gave a consent, then those that have only offline tokens of the user. */
  async ofUser(realm: Realm, userId: string): Promise<readonly JsonObject[]> {
    const consents = await this.consents.ofUser(realm.id, userId);
    const byClient = new Map<string, UserConsent | undefined>(consents.map((each) => [each.clientId, each]));
    const offline = await this.clientsOffline(realm, userId);
    for (const id of offline) if (!byClient.has(id)) byClient.set(id, undefined);
    const clients = new Map((await this.clients.byIds(realm.id, [...byClient.keys()])).map((each) => [each.id, each]));
    const names = await this.namesOf(realm.id, consents);
    return [...byClient].flatMap(([id, consent]) => {
      const client = clients.get(id);
      if (!client) return [];
      const scopes = (consent?.scopes ?? []).flatMap((scope) => names.get(scope) ?? []);
      const allowed = { client, scopes, offline: offline.has(id), ...(consent ? { consent } : {}) };
      return [toConsentRepresentation(allowed)];
    });
  }

  /**
   * @param clientId public id
   * @throws NotFoundError `client_not_found`, `consent_unknown`
   */
  async revoke(realm: Realm, userId: string, clientId: string): Promise<void> {
    const client = await this.clients.byClientId(realm.id, clientId);
    if (!client) throw administrationErrors.otherClientUnknown();
    if (!(await this.revocation.revoke(realm.id, userId, client.id))) throw administrationErrors.consentUnknown();
  }

  private async clientsOffline(realm: Realm, userId: string): Promise<ReadonlySet<string>> {
    const sessions = await this.sessions.ofUser(realm, userId, true);
    return new Set(sessions.flatMap(({ clients }) => clients.map(({ clientId }) => clientId)));
  }

  private async namesOf(realmId: string, consents: readonly UserConsent[]): Promise<ReadonlyMap<string, string>> {
    const ids = [...new Set(consents.flatMap(({ scopes }) => scopes))];
    const scopes = ids.length === 0 ? [] : await this.clientScopes.byIds(realmId, ids);
    return new Map(scopes.map(({ id, name }) => [id, name]));
  }
}
