import type { AuthenticatorDescriptor, Step } from '../../engine/index.js';
import { defineConfig, isOn } from '../config-field.js';
import type { AuthenticatorPorts } from '../ports.js';

interface UserRoleConfig {
  /** Realm role, or `clientId.role`. */
  readonly role: string;
  readonly negate: boolean;
}

/** Holds when the user has a role, directly or through groups and composites. An unknown role never holds, negated or not. */
export const conditionalUserRole: AuthenticatorDescriptor<Pick<AuthenticatorPorts, 'roles'>, UserRoleConfig> = {
  id: 'conditional-user-role',
  title: 'Condition - user role',
  help: 'Runs the sub-flow only for users with a role (or, negated, without it).',
  kind: 'condition',
  needsUser: false,
  requirements: ['REQUIRED', 'DISABLED'],
  config: defineConfig<UserRoleConfig>(
    [
      {
        name: 'condUserRole',
        label: 'User role',
        helpText: 'The role. A role of a client is written clientId.role.',
        type: 'Role',
      },
      { name: 'negate', label: 'Negate output', helpText: 'Hold for users who do not have the role.', type: 'boolean' },
    ],
    (values) => ({ role: values['condUserRole'] ?? '', negate: isOn(values['negate']) }),
  ),
  create: (ports) => ({
    async holds(step: Step<UserRoleConfig>): Promise<boolean> {
      if (!step.config || step.userId === undefined) return false;
      const role = await ports.roles.findByQualifiedName(step.realmId, step.config.role);
      if (!role) return false;
      return (await ports.roles.hasRole(step.realmId, step.userId, role.id)) !== step.config.negate;
    },
  }),
};
