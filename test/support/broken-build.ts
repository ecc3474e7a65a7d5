import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** A copy of the build (`buildIfStale` first) that was broken on purpose. */
export interface BrokenBuild {
  /** Its server program. */
  readonly program: string;
  remove(): Promise<void>;
}

/**
 * Copies the build and breaks one file of it.
 * @param file below `dist/src`
 * @throws Error when `sound` is not there exactly once: then the copy would not be broken as it should be
 */
export async function breakBuild(file: string, sound: string, broken: string): Promise<BrokenBuild> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-broken-'));
  await cp(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
  await cp(join(ROOT, 'package.json'), join(folder, 'package.json'));
  for (const shared of ['node_modules', 'flows']) await symlink(join(ROOT, shared), join(folder, shared));
  const path = join(folder, 'dist', 'src', file);
  const parts = (await readFile(path, 'utf8')).split(sound);
  if (parts.length !== 2) throw new Error(`${file} does not have what is to be broken exactly once: ${sound}`);
  await writeFile(path, parts.join(broken));
  return {
    program: join(folder, 'dist', 'src', 'main.js'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
