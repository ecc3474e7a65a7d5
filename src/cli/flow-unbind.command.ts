import { Option, type Command } from 'commander';
import { FlowRecovery, type RecoveredFlows } from '../administration/flow-recovery.js';
import { BINDING_FIELDS } from '../flows/flow-uses.js';
import type { BindingField } from '../realm/realm.js';
import { withApplication } from './application.js';
import { terminalOf } from './program-options.js';

interface UnbindFlags {
  readonly realm: string;
  readonly field?: BindingField;
  readonly client?: string;
}

export const addFlowUnbind = (flow: Command): void =>
  void flow
    .command('unbind')
    .description('Bind the built-in flow again in place of whatever is bound, or take the flows of a client away.')
    .requiredOption('--realm <name>', 'the realm')
    .addOption(new Option('--field <field>', 'which binding of the realm').choices(BINDING_FIELDS))
    .addOption(new Option('--client <clientId>', 'a client that overrides the flows of its realm').conflicts('field'))
    .action(async ({ realm, field, client }: UnbindFlags, command: Command) => {
      const done = await withApplication('write', async ({ part, realm: find }): Promise<RecoveredFlows> => {
        const recovery = part(FlowRecovery);
        const found = await find(realm);
        if (client === undefined)
          return recovery.reset(found, field === undefined ? ['browserFlow', 'directGrantFlow'] : [field]);
        return { bindings: [], clients: await recovery.clearOverrides(found, [client]) };
      });
      const bindings = Object.fromEntries(done.bindings.map(({ field: name, flow: alias }) => [name, alias]));
      terminalOf(command).result({ realm, bindings, clients: done.clients }, [
        ...done.bindings.map(({ field: name, flow: alias }) => `${name}: "${alias}"`),
        ...done.clients.map((clientId) => `${clientId}: takes the flows of the realm`),
        ...(done.bindings.length + done.clients.length === 0 ? ['There was nothing to unbind.'] : []),
      ]);
    });
