import type { JsonObject } from '../../../src/shared/json.js';

/** The doors, each with its own shape of errors. */
export type Door = 'admin' | 'account' | 'sessions' | 'oidc' | 'web';

const text = { type: 'string' } as const;
const shape = (description: string, members: readonly string[], required: readonly string[]): JsonObject => ({
  type: 'object',
  description,
  properties: Object.fromEntries(members.map((name) => [name, text])),
  required: [...required],
});

/** The shapes of errors. */
export const ERROR_SCHEMAS: JsonObject = {
  ErrorSentence: shape('A sentence.', ['error'], ['error']),
  ErrorMessage: shape(
    'A sentence, and the member of the body that it is about.',
    ['errorMessage', 'field'],
    ['errorMessage'],
  ),
  ErrorCode: shape('A code and a sentence, as OAuth has it.', ['error', 'error_description'], ['error']),
  ErrorList: {
    type: 'object',
    description: 'Several members of a user that break rules of the profile.',
    properties: { errors: { type: 'array', items: { type: 'object' } } },
    required: ['errors'],
  },
  SessionApiError: shape(
    'A code, its name and an explanation.',
    ['code', 'message', 'description'],
    ['code', 'message', 'description'],
  ),
};

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

/** What an error of a door may look like. */
const SHAPES: Readonly<Record<Exclude<Door, 'web'>, JsonObject>> = {
  admin: { anyOf: ['ErrorSentence', 'ErrorMessage', 'ErrorCode', 'ErrorList'].map(ref) },
  account: { anyOf: ['ErrorSentence', 'ErrorMessage', 'ErrorCode', 'ErrorList'].map(ref) },
  sessions: ref('SessionApiError'),
  oidc: ref('ErrorCode'),
};

const MEANINGS: Readonly<Record<number, string>> = {
  400: 'The request cannot be taken as it is.',
  401: 'No good token, or no good client authentication.',
  403: 'The caller may not do this.',
  404: 'There is no such realm, resource or route.',
  405: 'The address does not take this method.',
  409: 'It stands against something that is there.',
  412: 'Somebody else changed it since it was read (`If-Match`).',
  413: 'The body is too large.',
  415: 'The body is of a type that is not taken here.',
  500: 'The mail server did not take the mail.',
  501: 'Not part of this server (docs/compatibility.md).',
  503: 'The server cannot do this now.',
};

const DOORS: readonly Door[] = ['admin', 'account', 'sessions', 'oidc', 'web'];

const nameOf = (door: Door, status: number | string): string => `${door}-${String(status)}`;

/** Every answer that is an error, by name. */
export const ERROR_ANSWERS: JsonObject = Object.fromEntries(
  DOORS.flatMap((door) =>
    Object.entries(MEANINGS).map(([status, description]): [string, JsonObject] => [
      nameOf(door, status),
      {
        description,
        content: door === 'web' ? { 'text/html': { schema: text } } : { 'application/json': { schema: SHAPES[door] } },
      },
    ]),
  ),
);

/** The answers of a door with these statuses. */
export const errorAnswers = (door: Door, statuses: readonly number[]): JsonObject =>
  Object.fromEntries(
    [...new Set(statuses)]
      .sort()
      .map((status) => [String(status), { $ref: `#/components/responses/${nameOf(door, status)}` }]),
  );
