import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { InvalidInputError } from '../shared/errors.js';

/** Largest file of a theme, in bytes: all of them are kept in memory, and browsers load them before a login. */
const LARGEST = 1_000_000;
/** What belongs to the folder and not to the theme. */
const ASIDE = /(^|\/)(\.|README|LICENSE|NOTICE)/;

/**
 * Files of a theme folder, by their name relative to it. Names that begin with a dot are left out, as is what says what the folder is. A
 * link may lead to another file of the folder (mounted configuration is made so), never out of it.
 * @throws InvalidInputError `theme_broken`
 */
export function themeFiles(folder: string): ReadonlyMap<string, string> {
  const root = rootOf(folder);
  const files = new Map<string, string>();
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const file = name.replaceAll('\\', '/');
    if (ASIDE.test(file)) continue;
    const path = realPathOf(file, join(root, name));
    if (path !== root && !path.startsWith(`${root}${sep}`)) throw broken(file, 'it leads out of the folder');
    const status = statSync(path);
    if (status.isDirectory()) continue;
    if (!status.isFile()) throw broken(file, 'it is no file');
    if (status.size > LARGEST) throw broken(file, `it is larger than ${LARGEST} bytes`);
    files.set(file, path);
  }
  return files;
}

function rootOf(folder: string): string {
  const root = realPathOf(folder, folder);
  if (!statSync(root).isDirectory()) throw broken(folder, 'it is no folder');
  return root;
}

function realPathOf(name: string, path: string): string {
  try {
    return realpathSync(path);
  } catch {
    throw broken(name, 'it does not exist');
  }
}

const broken = (file: string, why: string): InvalidInputError =>
  new InvalidInputError('theme_broken', `SLUICE_THEME: ${file}: ${why}`, { field: 'SLUICE_THEME' });
