import type { AuthenticatorDescriptor, Step } from '../../engine/index.js';
import { defineConfig, oneOf } from '../config-field.js';

interface SubflowExecutedConfig {
  /** Alias of the sub-flow. */
  readonly flow: string;
  readonly expectExecuted: boolean;
}

/** Holds when another sub-flow of this login succeeded (or did not). */
export const conditionalSubFlowExecuted: AuthenticatorDescriptor<unknown, SubflowExecutedConfig> = {
  id: 'conditional-sub-flow-executed',
  title: 'Condition - sub-flow executed',
  help: 'Runs the sub-flow only when another sub-flow was run successfully before (or was not).',
  kind: 'condition',
  needsUser: false,
  requirements: ['REQUIRED', 'DISABLED'],
  config: defineConfig<SubflowExecutedConfig>(
    [
      {
        name: 'flow_to_check',
        label: 'Flow name',
        helpText: 'Name of the other sub-flow.',
        type: 'String',
        required: true,
      },
      {
        name: 'check_result',
        label: 'Check result',
        helpText: 'Whether the other sub-flow must have been run or must not.',
        type: 'List',
        defaultValue: 'executed',
        options: ['executed', 'not-executed'],
        required: true,
      },
    ],
    (values) => ({ flow: values['flow_to_check'] ?? '', expectExecuted: values['check_result'] !== 'not-executed' }),
    { check_result: oneOf('executed', 'not-executed') },
  ),
  create: () => ({
    holds: async ({ config, succeededSubflows }: Step<SubflowExecutedConfig>): Promise<boolean> => {
      if (config === undefined) return false;
      return succeededSubflows.includes(config.flow) === config.expectExecuted;
    },
  }),
};
