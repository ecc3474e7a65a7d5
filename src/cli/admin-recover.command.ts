import type { Command } from 'commander';
import { AdminRecovery } from '../administration/admin-recovery.js';
import { withApplication } from './application.js';
import { terminalOf } from './program-options.js';

interface RecoverFlags {
  readonly realm: string;
  readonly username: string;
  /** False with `--no-flows`, `--no-user`. */
  readonly flows: boolean;
  readonly user: boolean;
}

export const addAdmin = (program: Command): void =>
  void program
    .command('admin')
    .description('Administrators')
    .command('recover')
    .description(
      'Get an administrator back in: bind the built-in flows again, make a temporary administrator, and print its password once.',
    )
    .option('--realm <name>', 'the realm', 'master')
    .option('--username <name>', 'of the temporary administrator; called again, it gets a new password', 'temp-admin')
    .option('--no-flows', 'leave flows and bindings as they are')
    .option('--no-user', 'make no administrator')
    .action(async (flags: RecoverFlags, command: Command) => {
      const { flows, admin } = await withApplication('write', async ({ part, realm: find }) => {
        const recovery = part(AdminRecovery);
        const realm = await find(flags.realm);
        // A bind looks for an administrator who could log in by the flow: there is one from here on.
        const admin = flags.user ? await recovery.temporaryAdmin(realm, flags.username) : undefined;
        const flows = flags.flows
          ? await recovery.recoverFlows(await find(flags.realm))
          : { bindings: [], clients: [] };
        return { flows, admin };
      });
      terminalOf(command).result({ realm: flags.realm, ...(admin && { admin: { ...admin } }), flows: asJson(flows) }, [
        ...flows.bindings.map(({ field, flow }) => `${field}: "${flow}"`),
        ...flows.clients.map((clientId) => `${clientId}: takes the flows of the realm again`),
        ...(admin
          ? [`The temporary administrator of ${flags.realm} is "${admin.username}" with the password ${admin.password}`]
          : []),
        ...(admin ? ['It is shown only now. Delete this user when you are in again.'] : []),
      ]);
    });

const asJson = ({ bindings, clients }: Awaited<ReturnType<AdminRecovery['recoverFlows']>>) => ({
  bindings: Object.fromEntries(bindings.map(({ field, flow }) => [field, flow])),
  clients,
});
