import { administrationErrors } from '../administration/administration-errors.js';
import type { SessionQuery } from '../administration/session-administration.js';
import { flagOf, textOf } from '../http/query-parameters.js';
import { NotFoundError } from '../shared/errors.js';

/** Milliseconds since the epoch, within what a date can be. */
const MILLISECONDS = /^\d{1,15}$/;
const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * The filters of `GET sessions`: `user` (id or name), `client` (public or internal id), `ipAddress`, `from` and `to` (when the session
 * began), `offline`.
 * @throws InvalidInputError `session_time`
 */
export function sessionQueryOf(query: unknown): SessionQuery {
  const [user, client, ipAddress] = [textOf(query, 'user'), textOf(query, 'client'), textOf(query, 'ipAddress')];
  const [from, to] = [instantOf(query, 'from'), instantOf(query, 'to')];
  return {
    offline: flagOf(query, 'offline') ?? false,
    ...(user !== undefined && { user }),
    ...(client !== undefined && { client }),
    ...(ipAddress !== undefined && { ipAddress }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

/**
 * The kinds of sessions that `type` names, as whether they are offline ones.
 * @throws NotFoundError `malformed_parameter`: the reference then finds no route
 */
export function sessionKindsOf(query: unknown): readonly boolean[] {
  const kinds = { ALL: [false, true], REGULAR: [false], OFFLINE: [true] };
  const type = textOf(query, 'type') ?? 'ALL';
  if (Object.hasOwn(kinds, type)) return kinds[type as keyof typeof kinds];
  throw new NotFoundError('malformed_parameter', 'HTTP 404 Not Found', { field: 'type' });
}

/** An instant as milliseconds, or as a date of ISO 8601; a day without a time begins at midnight UTC. */
function instantOf(query: unknown, name: string): number | undefined {
  const text = textOf(query, name);
  if (text === undefined) return undefined;
  const instant = MILLISECONDS.test(text) ? Number(text) : DATE.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) throw administrationErrors.sessionTime(name);
  return instant;
}
