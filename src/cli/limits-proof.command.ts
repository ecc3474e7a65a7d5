import type { Command } from 'commander';
import { LimitAdministration } from '../administration/limit-administration.js';
import { policiesAt, type LimitedDoor } from '../administration/limit-doors.js';
import { limitsNotCovered } from '../administration/limits-not-covered.js';
import type { JsonObject } from '../shared/json.js';
import { withApplication } from './application.js';
import { EXIT } from './exit-codes.js';
import { terminalOf } from './program-options.js';

export const addLimits = (program: Command): void =>
  void program
    .command('limits')
    .description('Caps on sessions')
    .command('proof')
    .description(
      'Say for every door of a realm whether its cap holds; ends with 1 when one has none, or can be dodged.',
    )
    .requiredOption('--realm <name>', 'the realm')
    .action(async ({ realm }: { readonly realm: string }, command: Command) => {
      const doors = await withApplication('read', async ({ part, realm: find }) =>
        part(LimitAdministration).proof(await find(realm)),
      );
      const holds = doors.every(({ verdict }) => verdict === 'capped');
      const notCovered = limitsNotCovered(policiesAt(doors));
      const json = { realm, holds, doors: doors as unknown as readonly JsonObject[], notCovered };
      terminalOf(command).result(json, [
        ...doors.map(inWords),
        holds ? 'The cap holds at every door.' : 'The cap does not hold at every door.',
        ...notCovered.map((sentence) => `  (${sentence})`),
      ]);
      if (!holds) process.exitCode = EXIT.refused;
    });

const inWords = ({ door, clientId, flow, verdict, sentence }: LimitedDoor): string =>
  `${verdict.padEnd(8)} ${door}${clientId === undefined ? '' : ` of ${clientId}`}, flow "${flow}": ${sentence}`;
