import type { AuthenticatorDescriptor, Step, StepExecution } from '../../engine/index.js';
import type { AuthenticatorPorts } from '../ports.js';

type Ports = Pick<AuthenticatorPorts, 'isConfigured'>;

/** Holds when the user is set up for the steps beside it: for all REQUIRED ones, else for any ALTERNATIVE one, else always. */
export const conditionalUserConfigured: AuthenticatorDescriptor<Ports> = {
  id: 'conditional-user-configured',
  title: 'Condition - user configured',
  help: 'Runs the sub-flow only for users who have set up what its other steps need.',
  kind: 'condition',
  needsUser: true,
  requirements: ['REQUIRED', 'DISABLED'],
  create: (ports) => ({
    async holds(step: Step): Promise<boolean> {
      if (step.userId === undefined) return false;
      const stored = await step.storedTypes();
      const steps = step.siblings.filter((sibling): sibling is StepExecution => sibling.kind === 'step');
      const configured = (execution: StepExecution): boolean => ports.isConfigured(execution, stored);
      const required = steps.filter(({ requirement }) => requirement === 'REQUIRED');
      if (required.length > 0) return required.every(configured);
      const alternatives = steps.filter(({ requirement }) => requirement === 'ALTERNATIVE');
      if (alternatives.length > 0) return alternatives.some(configured);
      return true;
    },
  }),
};
