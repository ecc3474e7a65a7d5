import { flowErrors } from './flow-errors.js';

/** Control characters and the marks that addresses give a meaning to. A space is fine. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const RESERVED = /[\u0000-\u001f\u007f:/?#@!$&()*+,;=[\]\\]/;

/**
 * Refuses an alias (or the name of a realm) that could not stand in an address (Admin API reference 2.2, "Reserved characters").
 *
 * @throws InvalidInputError `character_refused`, naming the first such character
 */
export function checkAliasCharacters(alias: string, field = 'alias'): void {
  const character = RESERVED.exec(alias)?.[0];
  if (character !== undefined) throw flowErrors.characterRefused(character, field);
}

/** True for what the reference calls an empty alias. */
export const isEmptyAlias = (alias: string | undefined): alias is '' | undefined => alias === undefined || alias === '';
