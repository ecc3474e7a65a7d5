import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { UnavailableError } from '../../shared/errors.js';

export type ConsoleName = 'admin' | 'account';

/** What the page of a console has to load. Names of files. */
export interface ConsoleParts {
  readonly script: string;
  /** What the script imports: loaded at the same time as it. */
  readonly imports: readonly string[];
  readonly styles: readonly string[];
}

/** A file of the consoles, as it may be sent. */
export interface ConsoleFile {
  readonly contentType: string;
  readonly plain: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

/** An entry of the list that the build writes. */
interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

/** Where the build puts the consoles: beside the built server; the server's sources stand beside the folder of the build. */
const FOLDERS = ['../../../consoles/', '../../../dist/consoles/'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);
const MANIFEST = 'manifest.json';
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * The built consoles. Files are read and compressed when they are first asked for and kept: their names change with their content, and only
 * names that the build wrote are looked for.
 */
export class ConsoleFiles {
  private folder: string | undefined;
  private readonly parts = new Map<ConsoleName, ConsoleParts>();
  private readonly files = new Map<string, ConsoleFile>();

  /** @throws UnavailableError `console_not_built` */
  partsOf(name: ConsoleName): ConsoleParts {
    const known = this.parts.get(name);
    if (known) return known;
    const chunks = JSON.parse(readFileSync(join(this.built(), MANIFEST), 'utf8')) as Readonly<Record<string, Chunk>>;
    const entry = `${name}/main.tsx`;
    const loaded = withImports(chunks, entry);
    const parts = {
      script: chunks[entry]?.file ?? '',
      imports: loaded.slice(1).map(({ file }) => file),
      styles: [...new Set(loaded.flatMap(({ css = [] }) => css))].reverse(),
    };
    this.parts.set(name, parts);
    return parts;
  }

  /** A file by its name; undefined where there is none. @throws UnavailableError `console_not_built` */
  file(name: string): ConsoleFile | undefined {
    const known = this.files.get(name);
    if (known) return known;
    const contentType = TYPES[extname(name)];
    if (contentType === undefined || !readdirSync(this.built()).includes(name)) return undefined;
    const plain = readFileSync(join(this.built(), name));
    const file = {
      contentType,
      plain,
      br: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
      gzip: gzipSync(plain),
    };
    this.files.set(name, file);
    return file;
  }

  private built(): string {
    this.folder ??= FOLDERS.find((folder) => existsSync(join(folder, MANIFEST)));
    if (this.folder === undefined)
      throw new UnavailableError('console_not_built', 'The consoles are not built: run "npm run build"');
    return this.folder;
  }
}

/** A chunk and everything it imports, each once. */
function withImports(
  chunks: Readonly<Record<string, Chunk>>,
  name: string,
  seen = new Set<string>(),
): readonly Chunk[] {
  const chunk = chunks[name];
  if (!chunk || seen.has(name)) return [];
  seen.add(name);
  return [chunk, ...(chunk.imports ?? []).flatMap((other) => withImports(chunks, other, seen))];
}
