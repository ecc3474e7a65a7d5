import 'reflect-metadata';
import { CommanderError, type Command } from 'commander';
import { AppError } from '../shared/errors.js';
import { exitCodeOf } from './exit-codes.js';
import { createProgram } from './program.js';
import { Terminal } from './terminal.js';

/** Runs the command line of this process. */
async function main(): Promise<void> {
  const program = createProgram();
  program.exitOverride();
  for (const command of allOf(program)) command.exitOverride();
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    // Commander has told its own already.
    if (!(error instanceof CommanderError)) tell(error, program.opts<{ readonly json?: boolean }>().json ?? false);
  }
}

/** What the operator can mend is a sentence; anything else comes with its stack. */
function tell(error: unknown, json: boolean): void {
  const terminal = new Terminal(json);
  if (error instanceof AppError) terminal.failure(error.message, { code: error.code, field: error.field });
  else terminal.failure(error instanceof Error ? (error.stack ?? error.message) : String(error), {});
}

const allOf = (command: Command): readonly Command[] => command.commands.flatMap((inner) => [inner, ...allOf(inner)]);

await main();
