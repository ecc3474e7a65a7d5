import { Command } from 'commander';
import { addAdmin } from './admin-recover.command.js';
import { addExport } from './export.command.js';
import { addFlow } from './flow.command.js';
import { addImport } from './import.command.js';
import { addKeys } from './keys-rotate.command.js';
import { addLimits } from './limits-proof.command.js';
import { addProof } from './proof.command.js';
import { addReseal } from './reseal.command.js';
import { addStart } from './start.command.js';

/** The command line `sluice`: one file for each command. */
export function createProgram(): Command {
  const program = new Command('sluice')
    .description('The authentication server Sluice and its tools. They work on the database of SLUICE_DATABASE_URL.')
    .option('--json', 'write results and errors as JSON')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .showHelpAfterError('(--help says more)')
    .configureHelp({ showGlobalOptions: true });
  for (const add of [addStart, addImport, addExport, addFlow, addLimits, addProof, addAdmin, addKeys, addReseal])
    add(program);
  return program;
}
