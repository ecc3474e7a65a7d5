import { describe, expect, it } from 'vitest';
import type { Step } from '../../engine/index.js';
import type { GroupStore } from '../../realm/group.js';
import type { User, UserStore } from '../../realm/user.js';
import { conditionalUserAttribute } from './conditional-user-attribute.authenticator.js';

const VALUE = 'a'.repeat(50_000);
const user = { id: 'u', realmId: 'r', username: 'ann', attributes: { note: [VALUE] } } as unknown as User;
const users = { byId: () => Promise.resolve(user) } as unknown as UserStore;
const condition = conditionalUserAttribute.create({ users, groups: {} as GroupStore });

async function holds(expected: string): Promise<unknown> {
  const values = { attribute_name: 'note', attribute_expected_value: expected, regex: 'true' };
  const config = conditionalUserAttribute.config?.read(values);
  if (!config || !('holds' in condition)) throw new Error('It is no condition');
  return condition.holds({ config, userId: 'u', realmId: 'r' } as Step<typeof config>);
}

describe('a pattern for a user attribute', () => {
  it('must match the whole value', async () => {
    expect(await holds('a+')).toBe(true);
    expect(await holds('a')).toBe(false);
  });

  it('is not hung by what hangs backtracking engines', async () => {
    expect(await holds('(a+)+b')).toBe(false);
  });

  it('that RE2 does not know is refused, and matches nothing where it got in all the same', async () => {
    expect(conditionalUserAttribute.config?.check({ regex: 'true', attribute_expected_value: '(?=a)a' })).toMatchObject(
      [{ field: 'attribute_expected_value' }],
    );
    expect(await holds('(?=a)a+')).toBe(false);
  });
});
