import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ADMIN_REALM } from '../realm/admin-realm.js';
import { positionAt } from '../representations/json-position.js';
import { offsetOfSyntaxError } from '../representations/json-syntax.js';
import { AppError, InvalidInputError } from '../shared/errors.js';
import type { Json } from '../shared/json.js';
import type { ImportReport, RealmImport } from './realm-import.js';

/** A realm file that was read. */
export interface RealmFile {
  /** Name of the file, for messages. */
  readonly file: string;
  /** Name of the realm in it; empty when it has none. */
  readonly realm: string;
  readonly representation: Json;
}

/**
 * Reads a realm file, or every `*.json` of a folder: master first, then by file name. A file may hold one realm or a list of them.
 * @throws InvalidInputError `realm_file_unreadable`, naming the file and where its JSON breaks
 */
export async function readRealmFiles(path: string): Promise<readonly RealmFile[]> {
  const found = await Promise.all((await filesAt(path)).map(readRealmFile));
  return found.flat().toSorted((a, b) => Number(b.realm === ADMIN_REALM) - Number(a.realm === ADMIN_REALM));
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
  for (const { file, representation } of files) {
    try {
      reports.push(await realmImport.import(representation, { ifExists: 'skip' }));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new AppError(error.code, `${file}: ${error.message}`, { ...error.options, cause: error });
    }
  }
  return reports;
}

/** One line for the log about what an import left out or what is wrong with its bindings, or undefined when there is nothing to say. */
export function importWarning(report: ImportReport): string | undefined {
  if (report.kind === 'skipped') return undefined;
  const { realm, notUnderstood, bindings = [] } = report;
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
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => join(path, name));
  } catch (cause) {
    throw unreadable(path, cause instanceof Error ? cause.message : 'cannot be read', cause);
  }
}

async function readRealmFile(path: string): Promise<readonly RealmFile[]> {
  const file = basename(path);
  const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  const value = parse(text, file);
  return (Array.isArray(value) ? (value as readonly Json[]) : [value]).map((representation) => ({
    file,
    realm: nameOf(representation),
    representation,
  }));
}

function parse(text: string, file: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    const { line, column } = positionAt(text, offsetOfSyntaxError(text) ?? text.length);
    throw unreadable(file, `line ${String(line)} column ${String(column)}: this is not valid JSON`, cause);
  }
}

const nameOf = (value: Json): string =>
  typeof value === 'object' && value !== null && 'realm' in value && typeof value.realm === 'string' ? value.realm : '';

const unreadable = (file: string, message: string, cause: unknown): InvalidInputError =>
  new InvalidInputError('realm_file_unreadable', `${file}: ${message}`, { cause });
