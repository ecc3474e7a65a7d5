import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { newId } from '../shared/secrets.js';

/** Only the owner may read and write. */
const MODE = 0o600;

/**
 * Writes a file that holds secrets: made with mode 0600 under another name, and put in its place when it is whole, so that nobody ever
 * reads half of one, and a file with another mode is replaced.
 * @param write is given a function that appends text
 */
export async function writePrivateFile(
  path: string,
  write: (append: (text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const draft = `${path}.${newId()}.part`;
  let file: FileHandle | undefined;
  try {
    file = await open(draft, 'wx', MODE);
    const handle = file;
    await write((text) => handle.appendFile(text));
    await handle.sync();
    await handle.close();
    file = undefined;
    await rename(draft, path);
  } catch (error) {
    await file?.close();
    await rm(draft, { force: true });
    throw error;
  }
}
