import { describe, expect, it } from 'vitest';
import { groupsOf, profileBody, typedOf, type AttributeMetadata, type Profile } from './profile.js';

const attribute = (name: string, more: Partial<AttributeMetadata> = {}): AttributeMetadata => ({
  name,
  required: false,
  readOnly: false,
  validators: {},
  ...more,
});
const PROFILE: Profile = {
  username: 'jo',
  email: 'jo@example.test',
  attributes: { team: ['red', 'blue'], hidden: ['kept'] },
  userProfileMetadata: {
    attributes: [
      attribute('username'),
      attribute('email'),
      attribute('team', { multivalued: true, group: 'work' }),
      attribute('floor', { group: 'nowhere' }),
    ],
    groups: [{ name: 'work' }, { name: 'empty' }],
  },
};

describe('a profile', () => {
  it('is typed with a line for each value', () => {
    expect(typedOf(PROFILE, 'email')).toBe('jo@example.test');
    expect(typedOf(PROFILE, 'team')).toBe('red\nblue');
    expect(typedOf(PROFILE, 'floor')).toBe('');
  });

  it('is sent whole, without empty values, and with attributes that have no field', () => {
    const typed = new Map([
      ['email', ''],
      ['team', ' green \n\n'],
      ['floor', '3'],
    ]);
    expect(profileBody(PROFILE, typed)).toEqual({
      username: 'jo',
      email: '',
      attributes: { team: ['green'], hidden: ['kept'], floor: ['3'] },
    });
  });

  it('has groups; an unknown one is none, an empty one is not shown', () => {
    expect(groupsOf(PROFILE).map(({ group, attributes }) => [group?.name, attributes.map(({ name }) => name)])).toEqual(
      [
        [undefined, ['username', 'email', 'floor']],
        ['work', ['team']],
      ],
    );
  });
});
