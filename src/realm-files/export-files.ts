import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Realm } from '../realm/realm.js';
import type { JsonObject } from '../shared/json.js';
import { writePrivateFile } from './private-file.js';
import type { RealmExport, RealmExportContent } from './realm-export.js';
import { textOf, textWithUsers, type FileFormat } from './realm-file-text.js';

/** Where the users of a realm go, in the words of the reference's `export --users`. */
export const USER_STRATEGIES = ['different_files', 'realm_file', 'same_file', 'skip'] as const;
export type UserStrategy = (typeof USER_STRATEGIES)[number];

export interface ExportOptions {
  readonly folder: string;
  readonly users: UserStrategy;
  /** With `different_files`. */
  readonly usersPerFile: number;
  readonly format: FileFormat;
  /** Told of users as they are written. */
  readonly progress?: (realm: string, done: number, of: number) => void;
}

/**
 * Writes a realm with all its secrets into a folder, as the reference does: `{realm}-realm.json`, and its users into that file, into
 * one of their own or into many. Every file has mode 0600.
 * @returns the paths of the files
 */
export async function exportIntoFolder(
  realmExport: RealmExport,
  realm: Realm,
  { folder, users, usersPerFile, format, progress }: ExportOptions,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const place = (part: string): string => join(folder, `${fileName(realm.name)}-${part}.${format}`);
  const content = await realmExport.full(realm);
  const all = allUsers(content, (done) => progress?.(realm.name, done, content.userCount));
  const realmPath = place('realm');
  if (users === 'realm_file') {
    await writeWithUsers(realmPath, content.realm, all, format);
    return [realmPath];
  }
  await writePrivateFile(realmPath, (append) => append(textOf(content.realm, format)));
  if (users === 'skip') return [realmPath];
  const paths = [realmPath];
  const perFile = users === 'same_file' ? Number.MAX_SAFE_INTEGER : usersPerFile;
  let next = await all.next();
  while (!next.done) {
    const path = place(`users-${String(paths.length - 1)}`);
    let left = perFile;
    const part = (async function* () {
      while (!next.done && left-- > 0) {
        yield next.value;
        next = await all.next();
      }
    })();
    await writeWithUsers(path, { realm: realm.name }, part, format);
    paths.push(path);
  }
  return paths;
}

/** Writes a realm with all its secrets and users into one file of mode 0600. */
export async function exportIntoFile(
  realmExport: RealmExport,
  realm: Realm,
  path: string,
  { users, format, progress }: Pick<ExportOptions, 'users' | 'format' | 'progress'>,
): Promise<void> {
  const content = await realmExport.full(realm);
  if (users === 'skip') return writePrivateFile(path, (append) => append(textOf(content.realm, format)));
  const all = allUsers(content, (done) => progress?.(realm.name, done, content.userCount));
  await writeWithUsers(path, content.realm, all, format);
}

async function writeWithUsers(
  path: string,
  realm: JsonObject,
  users: AsyncIterable<JsonObject>,
  format: FileFormat,
): Promise<void> {
  const text = textWithUsers(realm, format);
  await writePrivateFile(path, async (append) => {
    await append(text.head);
    let waiting = '';
    let first = true;
    for await (const user of users) {
      waiting += text.user(user, first);
      first = false;
      if (waiting.length < BUFFER) continue;
      await append(waiting);
      waiting = '';
    }
    // YAML has no other word for a list without items.
    await append(first && format === 'yaml' ? ' []\n' : waiting + text.tail);
  });
}

/** Characters that are written at once. */
const BUFFER = 1 << 18;

async function* allUsers(content: RealmExportContent, progress: (done: number) => void): AsyncGenerator<JsonObject> {
  let done = 0;
  for await (const page of content.users()) {
    yield* page;
    progress((done += page.length));
  }
}

/** A realm's name may hold what a path may not. */
const fileName = (realm: string): string => realm.replaceAll(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^\.+/, '_');
