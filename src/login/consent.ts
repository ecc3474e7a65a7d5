import type { ClientScope } from '../realm/client-scope.js';
import type { Client } from '../realm/client.js';

/** Texts of the scopes a consent page lists: those that are to be shown, default ones always, optional ones when asked for. */
export function consentScopes(client: Client, scopes: readonly ClientScope[], requested: string): readonly string[] {
  const asked = new Set(requested.split(' '));
  return scopes
    .filter(({ id, name }) => client.defaultClientScopes.includes(id) || asked.has(name))
    .filter(
      ({ protocol, attributes }) => protocol === 'openid-connect' && attributes['display.on.consent.screen'] === 'true',
    )
    .map(({ name, attributes }) => attributes['consent.screen.text'] || name);
}
