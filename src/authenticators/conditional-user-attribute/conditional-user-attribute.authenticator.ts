import { RE2JS } from 're2js';
import type { AuthenticatorDescriptor, Step } from '../../engine/index.js';
import type { Group } from '../../realm/group.js';
import type { User } from '../../realm/user.js';
import { defineConfig, isOn } from '../config-field.js';
import type { AuthenticatorPorts } from '../ports.js';

interface UserAttributeConfig {
  readonly name: string;
  readonly expected: string;
  readonly withGroups: boolean;
  readonly negate: boolean;
  /** The expected value is a pattern that must match the whole value. */
  readonly isPattern: boolean;
}

type Ports = Pick<AuthenticatorPorts, 'users' | 'groups'>;

/** The user's values of an attribute; the four names of the account itself are attributes too. */
function ownValues(user: User, name: string): readonly string[] {
  const own: Record<string, string | undefined> = {
    username: user.username,
    email: user.email,
    firstName: user.firstName,
    lastName: user.lastName,
  };
  if (name in own) return own[name] === undefined ? [] : [own[name]];
  return user.attributes[name] ?? [];
}

async function groupValues(ports: Ports, realmId: string, userId: string, name: string): Promise<readonly string[]> {
  const values: string[] = [];
  const seen = new Set<string>();
  for (const member of await ports.groups.ofUser(realmId, userId)) {
    for (let group: Group | undefined = member; group && !seen.has(group.id);) {
      seen.add(group.id);
      values.push(...(group.attributes[name] ?? []));
      group = group.parentId === undefined ? undefined : await ports.groups.byId(realmId, group.parentId);
    }
  }
  return values;
}

/** Patterns run on RE2, so that no pattern an admin writes can keep the server busy; a broken one matches nothing. */
function matcher({ expected, isPattern }: UserAttributeConfig): (value: string) => boolean {
  if (!isPattern) return (value) => value === expected;
  try {
    const pattern = RE2JS.compile(expected);
    return (value) => pattern.matches(value);
  } catch {
    return () => false;
  }
}

function checkPattern(pattern: string): boolean {
  try {
    RE2JS.compile(pattern);
    return true;
  } catch {
    return false;
  }
}

/** Holds when an attribute of the user (or of the user's groups) has a value. */
export const conditionalUserAttribute: AuthenticatorDescriptor<Ports, UserAttributeConfig> = {
  id: 'conditional-user-attribute',
  title: 'Condition - user attribute',
  help: 'Runs the sub-flow only for users whose attribute has the expected value (or, negated, another).',
  kind: 'condition',
  needsUser: true,
  requirements: ['REQUIRED', 'DISABLED'],
  config: {
    ...defineConfig<UserAttributeConfig>(
      [
        { name: 'attribute_name', label: 'Attribute name', helpText: 'Name of the attribute.', type: 'String' },
        {
          name: 'attribute_expected_value',
          label: 'Expected attribute value',
          helpText: 'The value, or the pattern, to look for.',
          type: 'String',
        },
        {
          name: 'include_group_attributes',
          label: 'Include group attributes',
          helpText: "Look at the attributes of the user's groups too.",
          type: 'boolean',
        },
        { name: 'not', label: 'Negate output', helpText: 'Hold when no value matches.', type: 'boolean' },
        {
          name: 'regex',
          label: 'Regular expression',
          helpText: 'The expected value is a pattern (RE2 syntax) that must match the whole value.',
          type: 'boolean',
        },
      ],
      (values) => ({
        name: values['attribute_name'] ?? '',
        expected: values['attribute_expected_value'] ?? '',
        withGroups: isOn(values['include_group_attributes']),
        negate: isOn(values['not']),
        isPattern: isOn(values['regex']),
      }),
    ),
    check: (values) =>
      isOn(values['regex']) && !checkPattern(values['attribute_expected_value'] ?? '')
        ? [{ field: 'attribute_expected_value', message: 'must be a pattern in RE2 syntax' }]
        : [],
  },
  create: (ports) => ({
    async holds(step: Step<UserAttributeConfig>): Promise<boolean> {
      const { config, userId, realmId } = step;
      const user = userId === undefined ? undefined : await ports.users.byId(realmId, userId);
      if (!config || !user) return false;
      const matches = matcher(config);
      let found = ownValues(user, config.name).some(matches);
      if (!found && config.withGroups) found = (await groupValues(ports, realmId, user.id, config.name)).some(matches);
      return found !== config.negate;
    },
  }),
};
