import type { Client } from '../realm/client.js';
import type { ClientScope, ClientScopeStore } from '../realm/client-scope.js';

/** The scope of an authorization, resolved against a client. */
export interface GrantedScope {
  /** Every scope that takes effect, `openid` and silent ones included: what sessions, codes and refresh tokens keep. */
  readonly names: string;
  /** The `scope` member of responses and tokens: only scopes that want to be named there. */
  readonly text: string;
  readonly scopes: readonly ClientScope[];
  readonly openid: boolean;
  readonly offline: boolean;
}

const OPENID = 'openid';
const OFFLINE_ACCESS = 'offline_access';

/** Splits a scope parameter (RFC 6749 section 3.3). */
export const scopeNames = (text: string): string[] => text.split(' ').filter((name) => name !== '');

/** Resolves what a client asks for. */
export class ScopeResolver {
  constructor(private readonly store: ClientScopeStore) {}

  /**
   * The client's default scopes plus the optional ones asked for.
   * @param requested the parameter as sent; undefined when it was not
   * @returns undefined when something unknown was asked for, the parameter was sent empty, or names are not parted by single spaces
   *   (RFC 6749 section 3.3; a space at the end is let pass): `Invalid scopes: <requested>`
   */
  async resolve(client: Client, requested: string | undefined): Promise<GrantedScope | undefined> {
    const available = await this.scopesOf(client);
    const asked = new Set(requested?.trimEnd().split(' '));
    const known = new Set(available.map((scope) => scope.name)).add(OPENID);
    if ([...asked].some((name) => !known.has(name))) return undefined;
    const defaults = new Set(client.defaultClientScopes);
    return grant(
      available.filter((scope) => defaults.has(scope.id) || asked.has(scope.name)),
      asked.has(OPENID),
    );
  }

  /** An authorization given before, less what the client has lost since. */
  async restore(client: Client, names: string): Promise<GrantedScope> {
    const kept = new Set(scopeNames(names));
    const available = await this.scopesOf(client);
    return grant(
      available.filter((scope) => kept.has(scope.name)),
      kept.has(OPENID),
    );
  }

  private async scopesOf(client: Client): Promise<readonly ClientScope[]> {
    const ids = [...new Set([...client.defaultClientScopes, ...client.optionalClientScopes])];
    if (ids.length === 0) return [];
    const found = await this.store.byIds(client.realmId, ids);
    return found.filter((scope) => scope.protocol === 'openid-connect').sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** Puts a scope together from its parts; used again when a user may not have all of them. */
export function grant(scopes: readonly ClientScope[], openid: boolean): GrantedScope {
  const named = scopes.filter((scope) => scope.attributes['include.in.token.scope'] !== 'false');
  const join = (list: readonly ClientScope[]): string =>
    [...(openid ? [OPENID] : []), ...list.map((scope) => scope.name)].join(' ');
  return {
    names: join(scopes),
    text: join(named),
    scopes,
    openid,
    offline: scopes.some((scope) => scope.name === OFFLINE_ACCESS),
  };
}
