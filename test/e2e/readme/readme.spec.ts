import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ServerProcess } from '../../support/server-process.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
/** Chapters whose commands are meant to be pasted into a shell while the demo runs. */
const CHAPTERS = ['A login in five minutes', 'Cap the sessions of your own flows'];
const DEMO = 'http://127.0.0.1:8080';
const END_OF_BLOCK = '==== end of block ====';

/** Commands, and the lines that the README says they print. */
interface Block {
  readonly commands: string;
  readonly promised: readonly string[];
}

/** Blocks of a chapter: each `sh` fence, with the bare fence that follows it, if one does. */
function blocksOf(chapter: string): readonly Block[] {
  const fences = [...chapter.matchAll(/^```(?<language>\w*)\n(?<text>[\s\S]*?)^```$/gm)].map(({ groups }) => groups!);
  return fences.flatMap(({ language, text }, index) => {
    if (language !== 'sh') return [];
    const next = fences[index + 1];
    const promised = next?.['language'] === '' ? next['text']!.trimEnd().split('\n') : [];
    return [{ commands: text!, promised: promised.map((line) => line.replace(/^\.\.\. /, '')) }];
  });
}

const chapters = readFileSync(join(ROOT, 'README.md'), 'utf8').split(/^## /m);
const blocks = CHAPTERS.flatMap((title) => blocksOf(chapters.find((chapter) => chapter.startsWith(title)) ?? ''));

let server: ServerProcess;
const folder = mkdtempSync(join(tmpdir(), 'sluice-readme-'));

beforeAll(async () => {
  server = await ServerProcess.start({
    program: join(ROOT, 'src', 'main.ts'),
    settings: { SLUICE_DATABASE_URL: `sqlite:${join(folder, 'demo.sqlite')}`, SLUICE_IMPORT: join(ROOT, 'examples') },
  });
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('the commands of the README, pasted in order into a POSIX shell, print what it says', async () => {
  const script = blocks.map(({ commands }) => `${commands}\necho '${END_OF_BLOCK}'\n`).join('');
  const { stdout, stderr } = await promisify(execFile)('sh', ['-c', script.replaceAll(DEMO, server.url)]);
  const printed = stdout.split(`${END_OF_BLOCK}\n`);

  expect(stderr).toBe('');
  expect(blocks.flatMap(({ promised }) => promised)).not.toHaveLength(0);
  blocks.forEach(({ commands, promised }, index) => {
    for (const line of promised) expect(printed[index], commands).toContain(line);
    // Calls that answer with nothing have worked: whatever goes wrong says so.
    if (!promised.some((line) => line.startsWith('{"error"'))) expect(printed[index], commands).not.toContain('"error');
  });
});
