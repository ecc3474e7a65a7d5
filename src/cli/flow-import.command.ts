import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { FlowFileAdministration } from '../administration/flow-file-administration.js';
import { InvalidInputError } from '../shared/errors.js';
import { withApplication } from './application.js';
import { EXIT } from './exit-codes.js';
import { isSound, verdictAsJson, verdictInWords } from './flow-verdict.js';
import { terminalOf } from './program-options.js';

interface FlowImportFlags {
  readonly realm: string;
  readonly replace?: boolean;
  readonly evenRed?: boolean;
}

export const addFlowImport = (flow: Command): void =>
  void flow
    .command('import')
    .description('Put a flow file into a realm. It is checked as flow verify does; nothing is bound to it by that.')
    .argument('<file>', 'a file in the form of those in flows/')
    .requiredOption('--realm <name>', 'the realm')
    .option('--replace', 'a flow of that alias becomes what the file says; what is bound to it stays bound')
    .option('--even-red', 'also when its proof fails: a flow that is closed on purpose')
    .action(async (path: string, { realm, replace = false, evenRed = false }: FlowImportFlags, command: Command) => {
      const text = await readFile(path, 'utf8').catch((cause: unknown) => {
        throw new InvalidInputError('file_unreadable', `${path}: cannot be read`, { cause });
      });
      const name = basename(path);
      const { verdict, id } = await withApplication('write', async ({ part, realm: find }) => {
        const files = part(FlowFileAdministration);
        const verdict = files.verify(name, text);
        const accepted = isSound(verdict) || (evenRed && verdict.errors.length === 0);
        return { verdict, id: accepted ? await files.import(await find(realm), verdict, { replace }) : undefined };
      });
      terminalOf(command).result({ ...verdictAsJson(name, verdict), imported: id !== undefined, ...(id && { id }) }, [
        ...verdictInWords(name, verdict),
        id === undefined ? 'Nothing was changed.' : `The flow is in realm ${realm}, with the id ${id}.`,
      ]);
      if (id === undefined) process.exitCode = EXIT.refused;
    });
