import { administrationErrors } from '../administration/administration-errors.js';
import { OPERATION_TYPES, type AdminEventQuery } from '../events/admin-events.js';
import type { EventQuery } from '../events/auth-events.js';
import { isEventType } from '../events/event-types.js';
import { pageOf, textOf, textsOf } from '../http/query-parameters.js';
import { present } from '../representations/present.js';
import { InvalidInputError } from '../shared/errors.js';

const PAGE_SIZE = 100;
const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The filters of `GET events` (Admin API reference 5.5). A day as `dateTo` is meant to its end; `error` is ours.
 * @throws InvalidInputError `event_type`, `event_date`, `event_direction`
 */
export function eventQueryOf(query: unknown): EventQuery {
  const types = textsOf(query, 'type');
  const unknown = types.find((type) => !isEventType(type));
  if (unknown !== undefined) throw administrationErrors.eventTypeUnknown('type', unknown);
  const [client, user, ip] = [textOf(query, 'client'), textOf(query, 'user'), textOf(query, 'ipAddress')];
  const error = textOf(query, 'error');
  const [from, to] = [instantOf(query, 'dateFrom', 0), instantOf(query, 'dateTo', DAY_MS - 1)];
  return {
    ...pageOf(query, PAGE_SIZE),
    direction: directionOf(query),
    ...(types.length > 0 && { types }),
    ...(client !== undefined && { clientId: client }),
    ...(user !== undefined && { userId: user }),
    ...(ip !== undefined && { ipAddress: ip }),
    ...(error !== undefined && { error }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

/**
 * The filters of `GET admin-events` (Admin API reference 5.5).
 * @throws InvalidInputError `operation_type`, `event_date`, `event_direction`
 */
export function adminEventQueryOf(query: unknown): AdminEventQuery {
  const operationTypes = textsOf(query, 'operationTypes');
  const unknown = operationTypes.find((type) => !(OPERATION_TYPES as readonly string[]).includes(type));
  if (unknown !== undefined) throw administrationErrors.operationTypeUnknown(unknown);
  const [from, to] = [instantOf(query, 'dateFrom', 0), instantOf(query, 'dateTo', DAY_MS - 1)];
  const named = {
    authRealmId: textOf(query, 'authRealm'),
    authClientId: textOf(query, 'authClient'),
    authUserId: textOf(query, 'authUser'),
    ipAddress: textOf(query, 'authIpAddress'),
    resourcePath: textOf(query, 'resourcePath'),
  };
  return {
    ...pageOf(query, PAGE_SIZE),
    direction: directionOf(query),
    operationTypes,
    resourceTypes: textsOf(query, 'resourceTypes'),
    ...present(named),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

/** Milliseconds of a day, or of an instant given as such. */
function instantOf(query: unknown, name: string, ofDay: number): number | undefined {
  const text = textOf(query, name);
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const day = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(day)) return day + ofDay;
  throw new InvalidInputError(
    'event_date',
    `Invalid value for '${name}', expected format is yyyy-MM-dd or an Epoch timestamp`,
  );
}

function directionOf(query: unknown): 'asc' | 'desc' {
  const text = textOf(query, 'direction')?.toLowerCase() ?? 'desc';
  if (text === 'asc' || text === 'desc') return text;
  throw new InvalidInputError('event_direction', 'Invalid value for sortDirection, expected value is asc or desc');
}
