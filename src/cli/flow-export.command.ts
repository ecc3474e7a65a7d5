import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { FlowFileAdministration } from '../administration/flow-file-administration.js';
import { withApplication } from './application.js';
import { terminalOf } from './program-options.js';

interface FlowExportFlags {
  readonly realm: string;
  readonly file?: string;
}

export const addFlowExport = (flow: Command): void =>
  void flow
    .command('export')
    .description('Write a flow in the form of the files in flows/')
    .argument('<alias>', 'alias of a top-level flow')
    .requiredOption('--realm <name>', 'the realm')
    .option('--file <path>', 'the file; standard output unless given')
    .action(async (alias: string, { realm, file }: FlowExportFlags, command: Command) => {
      const exported = await withApplication('read', async ({ part, realm: find }) =>
        part(FlowFileAdministration).export(await find(realm), alias),
      );
      const text = `${JSON.stringify(exported, null, 2)}\n`;
      if (file === undefined) return void process.stdout.write(text);
      await writeFile(file, text);
      terminalOf(command).result({ file }, [file]);
    });
