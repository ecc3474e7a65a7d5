import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const UNPACK = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();";

/** An unpacked Chromium. */
export interface ChromiumFiles {
  readonly executable: string;
  /** Libraries it needs that a bare machine lacks (NSS and its kin). */
  readonly libraries: string;
}

/**
 * Unpacks the Chromium of the npm package once per version. The package itself unpacks in place into the temporary folder:
 * two test workers at once, or one that is ended half-way, leave a broken file behind. So it is done in a process whose
 * temporary folder is our own, which then gets its final name in one step.
 */
export async function unpackChromium(): Promise<ChromiumFiles> {
  const cache = join(ROOT, 'node_modules', '.cache');
  const folder = join(cache, `chromium-${packageVersion()}`);
  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true });
    const unfinished = await mkdtemp(join(cache, 'chromium-unpacking-'));
    // The name of a Lambda runtime makes the package unpack its libraries as well.
    const env = { ...process.env, TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', UNPACK], { cwd: ROOT, env });
    await rename(unfinished, folder).catch(async (error: unknown) => {
      await rm(unfinished, { recursive: true });
      if (!existsSync(folder)) throw error; // otherwise another worker was faster
    });
  }
  return { executable: join(folder, 'chromium'), libraries: join(folder, 'al2023', 'lib') };
}

function packageVersion(): string {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('@sparticuz/chromium');
  let folder = dirname(entry);
  while (!existsSync(join(folder, 'package.json')) || !existsSync(join(folder, 'bin'))) folder = dirname(folder);
  return (require(join(folder, 'package.json')) as { version: string }).version;
}
