import type { Command } from 'commander';
import { EXIT } from '../../src/cli/exit-codes.js';
import { createProgram } from '../../src/cli/program.js';

const INTRODUCTION = `# Command line

<!-- Written by \`npm run docs\` from src/cli. Edits here are lost. -->

\`npm run sluice -- <command>\` in a checkout, \`sluice <command>\` where the package is installed. Commands work on the database of
\`SLUICE_DATABASE_URL\` and take the other settings of the server ([settings.md](settings.md)), \`SLUICE_ENCRYPTION_KEY\` above all.

SQLite serves one process: a command that writes refuses while a server has the database (it ends with ${String(EXIT.unavailable)}), one that only
reads goes beside it. On PostgreSQL all of them may run beside servers, which see changes within seconds.

Results go to standard output, everything else to standard error; progress is shown on a terminal only. With \`--json\` results and errors
are JSON, one document each.
`;

const MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'done; what was asked holds',
  refused: 'a finding (a proof fails), or what was given is refused; nothing was changed',
  usage: 'the command line or the settings are wrong',
  unavailable: 'not now: the database is in use, out of reach, missing or outdated',
  internal: 'a mistake of the program; its stack is on standard error',
};

/** The page of the command line: its exit codes, and the help of every command. */
export function cliPage(): string {
  const codes = Object.entries(EXIT).map(
    ([name, code]) => `| ${String(code)} | ${MEANINGS[name as keyof typeof EXIT]} |`,
  );
  const commands = leaves(createProgram()).map((command) => {
    command.configureHelp({ helpWidth: 110, showGlobalOptions: false });
    return `## ${pathOf(command)}\n\n\`\`\`text\n${command.helpInformation().trimEnd()}\n\`\`\`\n`;
  });
  return [INTRODUCTION, `## Exit codes\n\n| Code | Meaning |\n|---|---|\n${codes.join('\n')}\n`, ...commands].join(
    '\n',
  );
}

const leaves = (command: Command): readonly Command[] =>
  command.commands.flatMap((inner) => (inner.commands.length > 0 ? leaves(inner) : [inner]));

const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
