import { describe, expect, it } from 'vitest';
import { formValuesOf, optionsOf, userBodyOf } from './user-form-values.js';
import type { ProfileField, User } from './user-representation.js';

const field = (name: string, more: Partial<ProfileField> = {}): ProfileField => ({
  name,
  required: false,
  readOnly: false,
  ...more,
});
const FIELDS = [
  field('username'),
  field('email'),
  field('phone.work', { multivalued: true }),
  field('badge', { readOnly: true }),
];
const USER: User = {
  id: 'u',
  username: 'jo',
  emailVerified: true,
  enabled: true,
  createdTimestamp: 0,
  attributes: { 'phone.work': ['1', '2'], badge: ['7'], unseen: ['x'] },
  requiredActions: ['VERIFY_EMAIL'],
};

describe('the form of a user', () => {
  it('shows several values as lines, and gives them back', () => {
    const values = formValuesOf(FIELDS, USER);
    expect(values.fields).toEqual(['jo', '', '1\n2', '7']);
    expect(userBodyOf(FIELDS, { ...values, fields: [' jo ', 'jo@x.test', '1\n\n3 ', '8'] }, USER)).toEqual({
      username: 'jo',
      email: 'jo@x.test',
      enabled: true,
      emailVerified: true,
      requiredActions: ['VERIFY_EMAIL'],
      attributes: { 'phone.work': ['1', '3'], badge: ['7'], unseen: ['x'] },
    });
  });

  it('offers the values that validators name', () => {
    expect(optionsOf(field('size', { validators: { options: { options: ['s', 'm'] } } }))).toEqual(['s', 'm']);
    expect(optionsOf(field('size'))).toBeUndefined();
  });
});
