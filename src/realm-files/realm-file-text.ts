import { stringify } from 'yaml';
import type { JsonObject } from '../shared/json.js';

export type FileFormat = 'json' | 'yaml';

/** The text of a realm file in pieces, so that its users never have to be in memory together. */
export interface RealmFileText {
  /** Everything before the users. */
  readonly head: string;
  user(user: JsonObject, first: boolean): string;
  readonly tail: string;
}

/** A realm with a list of users behind all its other members. @param realm without users */
export function textWithUsers(realm: JsonObject, format: FileFormat): RealmFileText {
  if (format === 'yaml') {
    const item = (user: JsonObject): string => stringify([user]).replaceAll(/^(?=.)/gm, '  ');
    return { head: `${stringify(realm)}users:\n`, user: item, tail: '' };
  }
  return {
    head: `${JSON.stringify(realm, null, 2).replace(/\n?\}$/, '')},\n  "users": [`,
    user: (user, first) => `${first ? '' : ','}\n    ${JSON.stringify(user, null, 2).replaceAll('\n', '\n    ')}`,
    tail: '\n  ]\n}\n',
  };
}

/** A whole document. */
export const textOf = (document: JsonObject, format: FileFormat): string =>
  format === 'yaml' ? stringify(document) : `${JSON.stringify(document, null, 2)}\n`;
