import type { Command } from 'commander';
import { KeyRotation } from '../administration/key-rotation.js';
import { withApplication } from './application.js';
import { EXIT } from './exit-codes.js';
import { terminalOf } from './program-options.js';

interface RotateFlags {
  readonly realm: string;
  readonly algorithm?: string;
}

export const addKeys = (program: Command): void =>
  void program
    .command('keys')
    .description('Keys that sign tokens')
    .command('rotate')
    .description(
      'Make a successor for a signing key: published at once, it signs after five minutes; the old one goes on verifying.',
    )
    .requiredOption('--realm <name>', 'the realm')
    .option('--algorithm <name>', "whose key is replaced; the realm's own (defaultSignatureAlgorithm) unless given")
    .action(async (flags: RotateFlags, command: Command) => {
      const { algorithm, result } = await withApplication('write', async ({ part, realm: find }) => {
        const realm = await find(flags.realm);
        const algorithm = flags.algorithm ?? realm.settings.defaultSignatureAlgorithm;
        return { algorithm, result: await part(KeyRotation).rotate(realm, algorithm) };
      });
      const rotated = result.kind === 'rotated';
      const words = rotated
        ? `The new ${algorithm} key ${result.kid} signs from ${new Date(result.signsFrom).toISOString()}.`
        : `The last rotation of the ${algorithm} key is not over: nothing was changed.`;
      terminalOf(command).result({ realm: flags.realm, algorithm, ...result }, [words]);
      if (!rotated) process.exitCode = EXIT.refused;
    });
