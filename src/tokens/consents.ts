import type { ClientScope, ClientScopeStore } from '../realm/client-scope.js';
import type { Client } from '../realm/client.js';
import type { UserConsentStore } from '../realm/user-consent.js';
import type { Clock } from '../shared/clock.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';

/** What of a request bears on consent. */
interface Asked {
  /** Scope names, space separated. */
  readonly scope: string;
  readonly prompt: readonly string[];
}

/** What an application may see of a user: which scopes a consent page asks for, and what the user has allowed before. */
export class Consents {
  constructor(
    private readonly store: UserConsentStore,
    private readonly clientScopes: ClientScopeStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Scopes that the user has to be asked about; none for a client that needs no consent. `prompt=consent` asks about all of them
   * again (OpenID Connect Core 3.1.2.1).
   */
  async toAsk(client: Client, userId: string, { scope, prompt }: Asked): Promise<readonly ClientScope[]> {
    if (!client.consentRequired) return [];
    const shown = await this.shown(client, scope);
    if (prompt.includes('consent')) return shown;
    const given = await this.store.find(client.realmId, userId, client.id);
    return shown.filter(({ id }) => !given?.scopes.includes(id));
  }

  /** True while the user still allows everything that a token's scope holds; always for a client that needs no consent. */
  async covers(client: Client, userId: string, scope: string): Promise<boolean> {
    return (await this.toAsk(client, userId, { scope, prompt: [] })).length === 0;
  }

  /** Remembers that the user allowed what a request asks for, beside what was allowed before. */
  async give(client: Client, userId: string, { scope }: Pick<Asked, 'scope'>): Promise<void> {
    const asked = (await this.shown(client, scope)).map(({ id }) => id);
    await this.unitOfWork.run(async () => {
      const before = await this.store.find(client.realmId, userId, client.id);
      const now = this.clock.now();
      await this.store.put({
        realmId: client.realmId,
        userId,
        clientId: client.id,
        scopes: [...new Set([...(before?.scopes ?? []), ...asked])],
        createdAt: before?.createdAt ?? now,
        updatedAt: now,
      });
    });
  }

  /** Default scopes always, optional ones when asked for; of these the ones that are to be shown, as the realm orders them. */
  private async shown(client: Client, requested: string): Promise<readonly ClientScope[]> {
    const asked = new Set(requested.split(' '));
    const ids = [...client.defaultClientScopes, ...client.optionalClientScopes];
    const scopes = await this.clientScopes.byIds(client.realmId, ids);
    return scopes
      .filter(({ id, name }) => client.defaultClientScopes.includes(id) || asked.has(name))
      .filter(
        ({ protocol, attributes }) =>
          protocol === 'openid-connect' && attributes['display.on.consent.screen'] !== 'false',
      )
      .sort((a, b) => placeOf(a) - placeOf(b) || (a.name < b.name ? -1 : 1));
  }
}

/** Place on the consent page; scopes without one come last. */
const placeOf = ({ attributes }: ClientScope): number =>
  /^\d{1,9}$/.test(attributes['gui.order'] ?? '') ? Number(attributes['gui.order']) : Number.MAX_SAFE_INTEGER;

/** How a consent page names a scope. */
export const consentText = ({ name, attributes }: ClientScope): string => attributes['consent.screen.text'] || name;
