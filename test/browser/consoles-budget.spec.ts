import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildConsolesIfStale } from '../../scripts/build.mjs';

const BUILT = join(import.meta.dirname, '../../dist/consoles');
/** Bytes, gzipped, of what a console needs before its first page (issue 7), and of what one more page may add to it. */
const FIRST_LOAD = 250_000;
const ONE_PAGE = 60_000;
/** Drawing a flow needs a library of its own, after the page that shows the flow. */
const DIAGRAM = 'admin/pages/authentication/diagram/flow-diagram.tsx';
const ONE_DIAGRAM = 120_000;

/** A file of the build, by what it was made from. */
interface Built {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

let manifest: Readonly<Record<string, Built>>;

beforeAll(() => {
  buildConsolesIfStale();
  manifest = JSON.parse(readFileSync(join(BUILT, 'manifest.json'), 'utf8')) as typeof manifest;
});

/** What is loaded with a file, and so on. */
function loadedWith(name: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const imported of manifest[name]!.imports ?? []) loadedWith(imported, found);
  return found;
}

function gzipped(names: Iterable<string>): number {
  const files = new Set([...names].flatMap((name) => [manifest[name]!.file, ...(manifest[name]!.css ?? [])]));
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(BUILT, file))).length, 0);
}

/** Files that are loaded later, when they are wanted, by what they add. */
function later(first: ReadonlySet<string>): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const visit = (known: ReadonlySet<string>): void => {
    for (const name of [...known].flatMap((each) => manifest[each]!.dynamicImports ?? [])) {
      if (found.has(name)) continue;
      const more = new Set([...loadedWith(name)].filter((each) => !known.has(each)));
      found.set(name, gzipped(more));
      visit(new Set([...known, ...more]));
    }
  };
  visit(first);
  return found;
}

describe.each(['admin', 'account'])('the files of the %s console', (kind) => {
  it('fit the budget, at first and with every page', () => {
    const first = loadedWith(`${kind}/main.tsx`);
    expect(gzipped(first)).toBeLessThan(FIRST_LOAD);
    const pages = later(first);
    expect(pages.size).toBeGreaterThan(3);
    const tooLarge = [...pages].filter(([name, bytes]) => bytes >= (name === DIAGRAM ? ONE_DIAGRAM : ONE_PAGE));
    expect(tooLarge).toEqual([]);
    expect(pages.has(DIAGRAM)).toBe(kind === 'admin');
  });
});
