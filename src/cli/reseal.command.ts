import type { Command } from 'commander';
import { Database } from '../persistence/database.js';
import { Resealing } from '../persistence/resealing.js';
import { TypeOrmUnitOfWork } from '../persistence/typeorm-unit-of-work.js';
import { AppError } from '../shared/errors.js';
import { withApplication } from './application.js';
import { EXIT } from './exit-codes.js';
import { terminalOf } from './program-options.js';

export const addReseal = (program: Command): void =>
  void program
    .command('reseal')
    .description(
      'Seal every secret anew with SLUICE_ENCRYPTION_KEY; SLUICE_ENCRYPTION_KEY_PREVIOUS opens what older keys sealed.',
    )
    .action(async (_flags: object, command: Command) => {
      const report = await withApplication('write', async ({ dataSource, ground: { sealer } }) => {
        if (sealer.olderKeyIds.length === 0)
          throw new AppError(
            'previous_key_missing',
            'SLUICE_ENCRYPTION_KEY_PREVIOUS: name the key that is to be replaced',
          );
        const database = new Database(dataSource);
        const unitOfWork = new TypeOrmUnitOfWork(database, (error) => process.stderr.write(`${String(error)}\n`));
        return new Resealing(database, unitOfWork, sealer).run();
      });
      const { resealed, unreadable } = report;
      terminalOf(command).result({ resealed, unreadable }, [
        `${String(resealed)} rows were sealed with the current key.`,
        ...(unreadable === 0
          ? []
          : [`${String(unreadable)} texts name an older key that does not open them; they were left alone.`]),
      ]);
      if (unreadable > 0) process.exitCode = EXIT.refused;
    });
