import type { EventKind } from '../events/auth-events.js';
import type { EventRecorder } from '../events/event-recorder.js';
import type { ClientScope, ClientScopeStore } from '../realm/client-scope.js';
import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { UserConsent, UserConsentStore } from '../realm/user-consent.js';
import { sessionCutoffs } from '../sessions/session-cutoffs.js';
import type { SessionLists } from '../sessions/session-lists.js';
import type { Clock } from '../shared/clock.js';
import { InvalidInputError, NotFoundError } from '../shared/errors.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { ConsentRevocation } from '../tokens/consent-revocation.js';
import type { AccountCaller } from './account-caller.js';

/** A consent and the scopes in it that people are shown. */
export interface ShownConsent {
  readonly consent: UserConsent;
  readonly scopes: readonly ClientScope[];
}

/** An application as its user sees it. */
export interface OwnApplication {
  readonly client: Client;
  readonly inUse: boolean;
  readonly offlineAccess: boolean;
  readonly consent?: ShownConsent;
}

/** Applications of a person: those in use, those with offline access, those that were allowed something, those shown to everybody. */
export class OwnApplications {
  constructor(
    private readonly sessions: SessionLists,
    private readonly clients: ClientStore,
    private readonly clientScopes: ClientScopeStore,
    private readonly consents: UserConsentStore,
    private readonly revocation: ConsentRevocation,
    private readonly recorder: EventRecorder,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async list({ realm, user }: AccountCaller): Promise<readonly OwnApplication[]> {
    const [inUse, offline] = await Promise.all([false, true].map((kind) => this.clientsIn(realm, user.id, kind)));
    const consents = new Map((await this.consents.ofUser(realm.id, user.id)).map((each) => [each.clientId, each]));
    const always = (await this.clients.list(realm.id, {})).filter((client) => client.alwaysDisplayInConsole);
    const ids = new Set([...(inUse ?? []), ...(offline ?? []), ...consents.keys(), ...always.map(({ id }) => id)]);
    const clients = ids.size === 0 ? [] : await this.clients.byIds(realm.id, [...ids]);
    return Promise.all(
      clients
        .filter(({ bearerOnly }) => !bearerOnly)
        .map(async (client) => {
          const consent = consents.get(client.id);
          return {
            client,
            inUse: inUse?.has(client.id) ?? false,
            offlineAccess: offline?.has(client.id) ?? false,
            ...(consent ? { consent: await this.shown(consent) } : {}),
          };
        }),
    );
  }

  /** Undefined when the person allowed the application nothing. @throws NotFoundError `application_unknown` */
  async consent({ realm, user }: AccountCaller, clientId: string): Promise<ShownConsent | undefined> {
    const client = await this.client(realm.id, clientId);
    const consent = await this.consents.find(realm.id, user.id, client.id);
    return consent && this.shown(consent);
  }

  /**
   * Allows the application these scopes, in place of what it was allowed before.
   * @throws NotFoundError `application_unknown`
   * @throws InvalidInputError `scope_unknown` for a scope that is none of the application's
   */
  async grant(caller: AccountCaller, clientId: string, scopeIds: readonly string[]): Promise<ShownConsent> {
    const { realm, user } = caller;
    const client = await this.client(realm.id, clientId);
    const own = new Set([...client.defaultClientScopes, ...client.optionalClientScopes]);
    const foreign = scopeIds.find((id) => !own.has(id));
    if (foreign !== undefined) {
      const name = client.name || client.clientId;
      throw new InvalidInputError('scope_unknown', `Scope id ${foreign} does not exist for client ${name}.`);
    }
    return this.unitOfWork.run(async () => {
      const before = await this.consents.find(realm.id, user.id, client.id);
      const now = this.clock.now();
      const consent: UserConsent = {
        realmId: realm.id,
        userId: user.id,
        clientId: client.id,
        scopes: [...new Set(scopeIds)],
        createdAt: before?.createdAt ?? now,
        updatedAt: now,
      };
      await this.consents.put(consent);
      await this.report(caller, before ? 'UPDATE_CONSENT' : 'GRANT_CONSENT', client);
      return this.shown(consent);
    });
  }

  /**
   * Takes back what the application was allowed, offline access too, and signs the person out of it where anything was taken back.
   * @throws NotFoundError `application_unknown`
   */
  async revoke(caller: AccountCaller, clientId: string): Promise<void> {
    const { realm, user } = caller;
    const client = await this.client(realm.id, clientId);
    await this.unitOfWork.run(async () => {
      if (await this.revocation.revoke(realm.id, user.id, client.id)) await this.report(caller, 'REVOKE_GRANT', client);
    });
  }

  /** Clients in the sessions of the person. */
  private async clientsIn(realm: Realm, userId: string, offline: boolean): Promise<ReadonlySet<string>> {
    const cutoffs = sessionCutoffs(realm, this.clock.now(), offline);
    return new Set(await this.sessions.clientsOfUser({ realmId: realm.id, userId }, offline, cutoffs));
  }

  /** @throws NotFoundError `application_unknown` */
  private async client(realmId: string, clientId: string): Promise<Client> {
    const client = await this.clients.byClientId(realmId, clientId);
    if (!client) throw new NotFoundError('application_unknown', `No client with clientId: ${clientId} found.`);
    return client;
  }

  private async shown(consent: UserConsent): Promise<ShownConsent> {
    const scopes = consent.scopes.length === 0 ? [] : await this.clientScopes.byIds(consent.realmId, consent.scopes);
    return { consent, scopes: scopes.filter(({ attributes }) => attributes['display.on.consent.screen'] !== 'false') };
  }

  private report(
    { realm, user, client, ipAddress }: AccountCaller,
    type: EventKind,
    application: Client,
  ): Promise<void> {
    return this.recorder.record(
      { ...realm.settings, id: realm.id },
      {
        type,
        clientId: client.clientId,
        userId: user.id,
        ipAddress,
        details: { [type === 'REVOKE_GRANT' ? 'revoked_client' : 'granted_client']: application.clientId },
      },
    );
  }
}
