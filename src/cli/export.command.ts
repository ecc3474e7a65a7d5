import { extname } from 'node:path';
import { Option, type Command } from 'commander';
import { RealmStore } from '../realm/realm.js';
import { exportIntoFile, exportIntoFolder, USER_STRATEGIES, type UserStrategy } from '../realm-files/export-files.js';
import { RealmExport } from '../realm-files/realm-export.js';
import type { FileFormat } from '../realm-files/realm-file-text.js';
import { InvalidInputError } from '../shared/errors.js';
import { withApplication } from './application.js';
import { wholeFrom } from './arguments.js';
import { terminalOf } from './program-options.js';

interface ExportFlags {
  readonly realm?: string;
  readonly dir?: string;
  readonly file?: string;
  readonly users: UserStrategy;
  readonly usersPerFile: number;
  readonly format?: FileFormat;
}

export const addExport = (program: Command): void =>
  void program
    .command('export')
    .description('Write realms with all their secrets into files of mode 0600. A server may go on meanwhile.')
    .addOption(new Option('--dir <folder>', 'one file for each realm, in a folder').conflicts('file'))
    .option('--file <path>', 'one file for one realm')
    .option('--realm <name>', 'this realm only')
    .addOption(
      new Option('--users <where>', 'users in files of their own, in the file of the realm, or not at all')
        .choices(USER_STRATEGIES)
        .default('different_files'),
    )
    .option('--users-per-file <n>', 'with different_files', wholeFrom(1), 50)
    .addOption(
      new Option('--format <format>', 'json, or yaml; from the end of --file where there is one').choices([
        'json',
        'yaml',
      ]),
    )
    .action(async (flags: ExportFlags, command: Command) => {
      const terminal = terminalOf(command);
      if (flags.dir === undefined && flags.file === undefined)
        throw new InvalidInputError('usage', 'Name a folder (--dir) or a file (--file)');
      const files = await withApplication('read', async ({ part, realm }) => {
        const realms = flags.realm === undefined ? await part(RealmStore).list() : [await realm(flags.realm)];
        const bar = terminal.progress('Users');
        const progress = (_realm: string, done: number, of: number): void => bar.at(done, of);
        const format = flags.format ?? (/\.ya?ml$/.test(extname(flags.file ?? '')) ? 'yaml' : 'json');
        const paths: string[] = [];
        try {
          for (const each of realms) {
            if (flags.dir !== undefined) {
              const options = { ...flags, folder: flags.dir, format, progress };
              paths.push(...(await exportIntoFolder(part(RealmExport), each, options)));
            } else {
              const path = onlyFile(flags, realms.length);
              await exportIntoFile(part(RealmExport), each, path, { users: flags.users, format, progress });
              paths.push(path);
            }
          }
        } finally {
          bar.end();
        }
        return paths;
      });
      terminal.result({ files }, files);
    });

/** @throws InvalidInputError `usage` */
function onlyFile({ file }: ExportFlags, realms: number): string {
  if (file === undefined || realms > 1)
    throw new InvalidInputError('usage', 'A file holds one realm: name it (--realm), or a folder (--dir)');
  return file;
}
