import type { Command } from 'commander';
import { ADMIN_REALM } from '../realm/admin-realm.js';
import { Bootstrap, type BootstrapReport } from '../realm-files/bootstrap.js';
import { importWarning, namingFile, readRealmFiles, type RealmFile } from '../realm-files/realm-files.js';
import { RealmUpdate, type UpdateReport } from '../realm-files/realm-update.js';
import { RealmStore } from '../realm/realm.js';
import { RealmImport, type ImportReport } from '../realm-files/realm-import.js';
import type { Json } from '../shared/json.js';
import { withApplication, type Application } from './application.js';
import { terminalOf } from './program-options.js';

interface ImportFlags {
  readonly dryRun?: boolean;
  readonly override?: boolean;
}

export const addImport = (program: Command): void =>
  void program
    .command('import')
    .description(
      'Make realms of realm files (JSON or YAML), each whole or not at all. Realms that exist are left alone.',
    )
    .argument('<path>', 'a file, or a folder of them')
    .option('--override', 'lay files over realms that exist: what a file has replaces, what it leaves out stays')
    .option('--dry-run', 'check everything and say what would be done; write nothing')
    .action(async (path: string, { dryRun = false, override = false }: ImportFlags, command: Command) => {
      const terminal = terminalOf(command);
      const files = await readRealmFiles(path);
      const { reports, admin } = await withApplication(dryRun ? 'read' : 'write', async (application) => {
        const { part } = application;
        const bar = terminal.progress('Realms');
        const first = dryRun ? { imports: [] } : await master(application, override ? [] : files);
        const done: (ImportReport | UpdateReport)[] = [...first.imports];
        try {
          for (const { file, realm, representation, userFiles } of files.slice(done.length)) {
            done.push(
              await namingFile(file, async () => {
                const existing = override ? await part(RealmStore).byName(realm) : undefined;
                return existing
                  ? part(RealmUpdate).update(existing, representation, { mode: 'members', userFiles, dryRun })
                  : part(RealmImport).import(representation, { ifExists: 'skip', userFiles, dryRun });
              }),
            );
            bar.at(done.length, files.length);
          }
        } finally {
          bar.end();
        }
        return { reports: done, admin: first.admin };
      });
      for (const report of reports) {
        const warning = importWarning(report);
        if (warning !== undefined) terminal.say(warning);
      }
      if (admin?.generated)
        terminal.say(`The first administrator is "${admin.username}", its password ${admin.password}`);
      terminal.result({ realms: reports as unknown as Json }, reports.flatMap(inWords));
    });

/** Other realms are given to the administrators of master when they are made: it comes first, from the files when they hold it. */
function master({ part, ground: { settings } }: Application, files: readonly RealmFile[]): Promise<BootstrapReport> {
  const { bootstrapAdminUsername: username, bootstrapAdminPassword: password } = settings;
  return part(Bootstrap).run(
    { username, ...(password !== undefined && { password }) },
    files.filter(({ realm }) => realm === ADMIN_REALM),
  );
}

function inWords(report: ImportReport | UpdateReport): readonly string[] {
  if (report.kind === 'skipped') return [`${report.realm}: exists and was left alone`];
  if ('changes' in report) return planInWords(report);
  const { realm, users, clients, flows } = report;
  const what = `${String(clients)} clients, ${String(users)} users, ${String(flows)} flows`;
  return [`${realm}: ${report.kind === 'planned' ? 'would be' : 'was'} made, with ${what}`];
}

const MARKS = { created: '+', changed: '~', deleted: '-' } as const;

/** One line for each thing that changes, and one for the rest. */
function planInWords({ kind, realm, changes, kept }: UpdateReport): readonly string[] {
  const count = (action: keyof typeof MARKS): string =>
    `${String(changes.filter((change) => change.action === action).length)} ${action}`;
  return [
    ...changes.map(
      ({ action, kind: what, name, members }) =>
        `${MARKS[action]} ${what} ${name}${members ? ` (${members.join(', ')})` : ''}`,
    ),
    `${realm}: ${kind === 'planned' ? 'would be ' : ''}${count('created')}, ${count('changed')}, ${count('deleted')}, ${String(kept)} kept`,
  ];
}
