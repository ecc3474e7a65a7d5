import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { createAuthenticatorRegistry } from '../authenticators/index.js';
import type { AuthenticatorPorts } from '../authenticators/ports.js';
import { verifyFlowFile } from '../flows/flow-file-proof.js';
import { projectFile } from '../infrastructure/project-files.js';
import { InvalidInputError } from '../shared/errors.js';
import { EXIT } from './exit-codes.js';
import { isSound, verdictAsJson, verdictInWords } from './flow-verdict.js';
import { terminalOf } from './program-options.js';

export const addFlowVerify = (flow: Command): void =>
  void flow
    .command('verify')
    .description('Check flow files: shape, meaning, machine, proof. Needs no database; ends with 1 on a finding.')
    .argument('[paths...]', "files, or folders of them; the server's own flows unless given")
    .action(async (paths: readonly string[], _flags: object, command: Command) => {
      const files = await filesAt(paths.length > 0 ? paths : [projectFile('flows')]);
      // Nothing is run here: the authenticators are only described.
      const registry = createAuthenticatorRegistry({} as Omit<AuthenticatorPorts, 'isConfigured'>);
      const verdicts: [name: string, verdict: ReturnType<typeof verifyFlowFile>][] = [];
      for (const path of files)
        verdicts.push([basename(path), verifyFlowFile(basename(path), await readFile(path, 'utf8'), registry)]);
      // The server's own folder has flows of features that are still to come.
      const own = paths.length === 0;
      const sound = verdicts.every(
        ([, verdict]) => isSound(verdict) || (own && verdict.unfinished && verdict.errors.length === 0),
      );
      terminalOf(command).result(
        { sound, files: verdicts.map(([name, verdict]) => verdictAsJson(name, verdict)) },
        verdicts.flatMap(([name, verdict]) => verdictInWords(name, verdict)),
      );
      if (!sound) process.exitCode = EXIT.refused;
    });

async function filesAt(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    try {
      if (!(await stat(path)).isDirectory()) found.push(path);
      else
        for (const name of (await readdir(path)).toSorted()) if (name.endsWith('.json')) found.push(join(path, name));
    } catch (cause) {
      throw new InvalidInputError('file_unreadable', `${path}: cannot be read`, { cause });
    }
  }
  return found;
}
