import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ADMIN_REALM } from '../realm/admin-realm.js';
import { AppError, InvalidInputError } from '../shared/errors.js';
import type { Json } from '../shared/json.js';
import { parseRealmText } from './realm-file-parser.js';
import type { ImportReport, RealmImport } from './realm-import.js';

/** A realm file that was read. */
export interface RealmFile {
  /** Name of the file, for messages. */
  readonly file: string;
  /** Name of the realm in it; empty when it has none. */
  readonly realm: string;
  readonly representation: Json;
  /** Files with nothing but users of the realm, as the reference writes for large realms: read one by one, when their turn comes. */
  readonly userFiles: readonly UserFile[];
}

/** A file of users. */
export interface UserFile {
  readonly file: string;
  /** @throws InvalidInputError `realm_file_unreadable` */
  read(): Promise<readonly Json[]>;
}

const REALM_FILE = /\.(json|ya?ml)$/;
const USER_FILE = /^(.*)-users-(\d+)\.(json|ya?ml)$/;

/**
 * Reads a realm file, or every `*.json`, `*.yaml` and `*.yml` of a folder: master first, then by file name. A file may hold one realm or
 * a list of them. Files `{realm}-users-{n}` beside `{realm}-realm` belong to it.
 * @throws InvalidInputError `realm_file_unreadable`, naming the file and where its text breaks
 */
export async function readRealmFiles(path: string): Promise<readonly RealmFile[]> {
  const paths = await filesAt(path);
  const alone = paths.length === 1 && paths[0] === path;
  const ofUsers = alone ? [] : paths.filter((each) => USER_FILE.test(basename(each)));
  const found: RealmFile[] = [];
  for (const each of paths) if (!ofUsers.includes(each)) found.push(...(await readRealmFile(each, ofUsers)));
  const claimed = new Set(found.flatMap(({ userFiles }) => userFiles.map(({ file }) => file)));
  const orphan = ofUsers.find((each) => !claimed.has(basename(each)));
  if (orphan !== undefined)
    throw unreadable(basename(orphan), 'there is no realm file beside it that it could belong to', undefined);
  return found.toSorted((a, b) => Number(b.realm === ADMIN_REALM) - Number(a.realm === ADMIN_REALM));
}

/**
 * Imports realm files in their order; realms that exist are left alone. Each file is imported whole or not at all.
 * @throws AppError of the first file that cannot be imported, its message beginning with the file's name
 */
export async function importFiles(
  files: readonly RealmFile[],
  realmImport: Pick<RealmImport, 'import'>,
): Promise<readonly ImportReport[]> {
  const reports: ImportReport[] = [];
  for (const { file, representation, userFiles } of files) {
    reports.push(await namingFile(file, () => realmImport.import(representation, { ifExists: 'skip', userFiles })));
  }
  return reports;
}

/** Runs the import of a file; errors begin with its name. */
export async function namingFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, `${file}: ${error.message}`, { ...error.options, cause: error });
  }
}

/** What there is to say of an import beside what it did. */
interface Remarks {
  readonly realm: string;
  readonly notUnderstood?: readonly string[];
  readonly bindings?: readonly string[];
}

/** One line for the log about what an import left out or what is wrong with its bindings, or undefined when there is nothing to say. */
export function importWarning({ realm, notUnderstood = [], bindings = [] }: Remarks): string | undefined {
  const parts = [
    ...(notUnderstood.length > 0 ? [`not understood yet: ${notUnderstood.join(', ')}`] : []),
    ...(bindings.length > 0 ? [`bound all the same: ${bindings.join('; ')}`] : []),
  ];
  return parts.length === 0 ? undefined : `Realm ${realm} was imported; ${parts.join('; ')}`;
}

async function filesAt(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path);
    return names
      .filter((name) => REALM_FILE.test(name))
      .toSorted()
      .map((name) => join(path, name));
  } catch (cause) {
    throw unreadable(path, cause instanceof Error ? cause.message : 'cannot be read', cause);
  }
}

async function readRealmFile(path: string, ofUsers: readonly string[]): Promise<readonly RealmFile[]> {
  const file = basename(path);
  const value = await readText(path);
  const stem = /^(.*)-realm\.(json|ya?ml)$/.exec(file)?.[1];
  const userFiles = ofUsers
    .filter((each) => stem !== undefined && USER_FILE.exec(basename(each))?.[1] === stem)
    .toSorted((a, b) => numberOf(a) - numberOf(b))
    .map(userFile);
  return (Array.isArray(value) ? (value as readonly Json[]) : [value]).map((representation) => ({
    file,
    realm: nameOf(representation),
    representation,
    userFiles,
  }));
}

const numberOf = (path: string): number => Number(USER_FILE.exec(basename(path))?.[2] ?? 0);

const userFile = (path: string): UserFile => ({
  file: basename(path),
  read: async () => {
    const value = await readText(path);
    const users = typeof value === 'object' && value !== null && 'users' in value ? value.users : undefined;
    if (!Array.isArray(users)) throw unreadable(basename(path), 'it has no list of users', undefined);
    return users as readonly Json[];
  },
});

async function readText(path: string): Promise<Json> {
  const file = basename(path);
  const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  const parsed = parseRealmText(text, /\.ya?ml$/.test(file) ? 'yaml' : 'json');
  if ('value' in parsed) return parsed.value;
  throw unreadable(file, parsed.problem, parsed.cause);
}

const nameOf = (value: Json): string =>
  typeof value === 'object' && value !== null && 'realm' in value && typeof value.realm === 'string' ? value.realm : '';

const unreadable = (file: string, message: string, cause: unknown): InvalidInputError =>
  new InvalidInputError('realm_file_unreadable', `${file}: ${message}`, { cause });
