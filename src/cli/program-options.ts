import type { Command } from 'commander';
import { Terminal } from './terminal.js';

/** Where a command writes, by the options of the program. */
export const terminalOf = (command: Command): Terminal =>
  new Terminal(command.optsWithGlobals<{ readonly json?: boolean }>().json ?? false);
