import { describe, expect, it } from 'vitest';
import {
  administrationErrors,
  PasswordPolicyError,
  UserProfileError,
} from '../administration/administration-errors.js';
import { flowErrors } from '../flows/flow-errors.js';
import { AppError, ForbiddenError, InvalidInputError, UnavailableError } from '../shared/errors.js';
import { errorReplyOf } from './admin-error-shapes.js';

describe('errorReplyOf', () => {
  it.each([
    ['a sentence', flowErrors.flowUnknown(), 404, { error: 'Flow not found' }],
    ['a sentence of a refusal', flowErrors.builtInDelete(), 400, { error: "Can't delete built in flow" }],
    ['a taken flow alias', flowErrors.aliasTakenByNew(), 409, { errorMessage: 'New flow alias name already exists' }],
    ['the same sentence, by route', flowErrors.parentUnknown(), 400, { error: "Parent flow doesn't exist" }],
    ['another shape, by route', flowErrors.subflowParentUnknown(), 400, { errorMessage: "Parent flow doesn't exist" }],
    [
      'a conflict of the store',
      flowErrors.kindMissing(),
      409,
      { error: 'conflict', error_description: 'Duplicate resource error' },
    ],
    [
      'a value of a config',
      flowErrors.configValueInvalid('userRealmLimit', 'userRealmLimit must be a number'),
      400,
      { errorMessage: 'userRealmLimit must be a number', field: 'userRealmLimit' },
    ],
    [
      'a flow in use, which crashes the reference',
      flowErrors.flowInUse('mine', ['browserFlow of the realm']),
      409,
      { error: 'Flow "mine" is in use: browserFlow of the realm' },
    ],
    ['an unknown session', administrationErrors.sessionUnknown(), 404, { error: 'Sesssion not found' }],
    [
      'JSON that stops early',
      new InvalidInputError('malformed_json', 'Cannot parse the JSON'),
      400,
      { error: 'invalid_request', error_description: 'Cannot parse the JSON' },
    ],
    [
      'JSON of another shape',
      new InvalidInputError('unparsable_json', 'Cannot parse the JSON'),
      400,
      { error: 'unknown_error', error_description: 'Cannot parse the JSON' },
    ],
    [
      'a user that the profile refuses',
      new UserProfileError([{ field: 'email', errorMessage: 'error-invalid-email', params: ['email', 'x'] }]),
      400,
      { field: 'email', errorMessage: 'error-invalid-email', params: ['email', 'x'] },
    ],
    [
      'a password that the policy refuses',
      new PasswordPolicyError({ code: 'invalidPasswordMinLengthMessage', values: [8], message: 'too short' }),
      400,
      { error: 'invalidPasswordMinLengthMessage', error_description: 'too short' },
    ],
    ['a missing role', new ForbiddenError('forbidden', 'HTTP 403 Forbidden'), 403, { error: 'HTTP 403 Forbidden' }],
    ['a full queue', new UnavailableError('hash_queue_full', 'Try again later'), 503, { error: 'Try again later' }],
  ])('writes %s', (_what, error, status, body) => {
    expect(errorReplyOf(error)).toEqual({ status, body });
  });

  it('never sends the detail, which is for the log', () => {
    const reply = errorReplyOf(new InvalidInputError('some_code', 'public', { detail: 'private' }));
    expect(JSON.stringify(reply)).not.toContain('private');
  });

  it('leaves failures of the server to the filter', () => {
    expect(errorReplyOf(new AppError('unsealing_failed', 'A stored secret could not be opened.'))).toBeUndefined();
    expect(errorReplyOf(new Error('boom'))).toBeUndefined();
  });
});
