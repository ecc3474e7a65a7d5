import { flagOf, textOf } from '../http/query-parameters.js';
import type { GroupQuery } from '../realm/group.js';

/** What the query of a list of groups says about names. */
export function searchOf(query: unknown): Pick<GroupQuery, 'search' | 'exact'> {
  const search = textOf(query, 'search');
  const exact = flagOf(query, 'exact') ?? false;
  return search === undefined ? {} : exact ? { search, exact } : { search: search.trim() };
}
