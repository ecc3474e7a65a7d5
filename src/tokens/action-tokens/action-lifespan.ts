import type { Realm } from '../../realm/realm.js';
import type { ActionTokenType } from './action-token.js';

type Lifespans = Pick<Realm, 'settings' | 'attributes'>;

/**
 * Seconds for which a link works that a user asked for: the realm's own for that type (attribute
 * `actionTokenGeneratedByUserLifespan.<type>`), else the realm's for all.
 */
export const userLifespan = (realm: Lifespans, type: ActionTokenType): number =>
  ownLifespan(realm, type) ?? realm.settings.actionTokenGeneratedByUserLifespan;

/** Seconds for which a link works that an administrator sent without saying how long. */
export const adminLifespan = (realm: Lifespans, type: ActionTokenType): number =>
  (type === 'execute-actions' ? ownLifespan(realm, type) : undefined) ??
  realm.settings.actionTokenGeneratedByAdminLifespan;

function ownLifespan({ attributes }: Lifespans, type: ActionTokenType): number | undefined {
  const text = attributes[`actionTokenGeneratedByUserLifespan.${type}`];
  const seconds = text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : 0;
  return seconds > 0 ? seconds : undefined;
}
