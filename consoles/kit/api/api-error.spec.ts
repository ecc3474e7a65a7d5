import { describe, expect, it } from 'vitest';
import { apiErrorOf } from './api-error.js';

describe('errors of the API', () => {
  it.each([
    [403, { error: 'HTTP 403 Forbidden' }, 'forbidden', ''],
    [404, { error: 'User not found' }, 'missing', 'User not found'],
    [409, { errorMessage: 'User exists with same username' }, 'conflict', 'User exists with same username'],
    [400, { error: 'invalid_request', error_description: 'Unknown member' }, 'invalid', 'Unknown member'],
    [400, { errors: [{ errorMessage: 'Too short' }, { errorMessage: 'Too plain' }] }, 'invalid', 'Too short Too plain'],
    [412, undefined, 'outdated', ''],
    [502, '<html>', 'server', ''],
  ])('%i %j is read', (status, body, trouble, sentence) => {
    expect(apiErrorOf(status, body)).toMatchObject({ status, trouble, sentence });
  });

  it('name the member and the code, where the server does', () => {
    expect(apiErrorOf(400, { errorMessage: 'Not a number', field: 'failureFactor' }).field).toBe('failureFactor');
    expect(apiErrorOf(400, { error: 'invalid_input', error_description: 'No' }).code).toBe('invalid_input');
    expect(apiErrorOf(404, { error: 'Not found' }).code).toBeUndefined();
  });
});
