// npm run notices: writes THIRD-PARTY-NOTICES.md from the licence files of everything a production install contains.
// With --check it writes nothing and fails when the file is stale.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const OUTPUT = join(ROOT, 'THIRD-PARTY-NOTICES.md');
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;
const COPYRIGHT = /^\W*(copyright\b|\(c\)|©)/i;

const INTRODUCTION = `# Third-party notices

Sluice is under the Apache License 2.0 (see LICENSE). An installation contains the packages below, each under its own licence.
Packages whose licences differ only in the copyright line share a text. Written by \`npm run notices\`.
`;

/** What the consoles are built with and carry in their files; what these need comes along. */
const BUILT_INTO_CONSOLES = [
  '@tanstack/react-query',
  'oidc-client-ts',
  'react',
  'react-aria-components',
  'react-dom',
  'react-hook-form',
  'react-router',
];

/** Paths of packages and of everything they need, as Node would find them. */
function withDependencies(packages, names) {
  const found = new Set();
  const visit = (name, from) => {
    const places = from
      .split('/node_modules/')
      .map((_, index, parts) => parts.slice(0, parts.length - index).join('/node_modules/'));
    const path = [...places.map((place) => `${place}/node_modules/${name}`), `node_modules/${name}`].find(
      (one) => packages[one],
    );
    if (path === undefined || found.has(path)) return;
    found.add(path);
    for (const needed of Object.keys(packages[path].dependencies ?? {})) visit(needed, path);
  };
  for (const name of names) visit(name, '');
  return found;
}

/** Packages of a production install, and those that are built into the consoles, by the lock file: the same list on every platform. */
function shippedPackages() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const built = withDependencies(packages, BUILT_INTO_CONSOLES);
  return Object.entries(packages)
    .filter(([path, entry]) => path !== '' && (built.has(path) || (!entry.dev && !entry.devOptional)))
    .map(([path, entry]) => ({
      path,
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version,
      licence: entry.license ?? 'see its licence file',
      // Binaries for other platforms are not on this disk; the package that loads them carries the text for all.
      isPlatformBinary: entry.os !== undefined || entry.cpu !== undefined,
    }))
    .sort((a, b) => (a.name + a.version < b.name + b.version ? -1 : 1));
}

/** A package's licence files as the lines that name copyright holders and the text without them. */
function licenceOf(entry) {
  const folder = join(ROOT, entry.path);
  if (!existsSync(folder)) throw new Error(`${entry.path} is not installed: run npm ci first.`);
  const texts = readdirSync(folder)
    .filter((name) => LICENCE_FILE.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
  if (texts.length === 0) return { holders: holdersInManifest(folder), text: '' };
  const lines = texts.join('\n\n').split('\n');
  // Apache's appendix and long texts speak of copyright all over: only lines near the top name holders.
  const isHolder = (line, index) => COPYRIGHT.test(line) && index < 12;
  return {
    holders: lines.filter(isHolder).map((line) => line.trim()),
    text: lines
      .filter((line, index) => !isHolder(line, index))
      .map((line) => line.trimEnd())
      .join('\n')
      .trim(),
  };
}

/** Some packages ship no licence file; their manifest then says who wrote them. */
function holdersInManifest(folder) {
  const { author, repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const name = typeof author === 'object' ? author.name : author;
  const url = typeof repository === 'object' ? repository.url : repository;
  return [[name, url].filter(Boolean).join(', ')];
}

/** One chapter per distinct text; white space is no difference. */
function chapters(packages) {
  const byText = new Map();
  for (const entry of packages) {
    const { holders, text } = entry.isPlatformBinary ? { holders: [], text: '' } : licenceOf(entry);
    const key = text === '' ? `none ${entry.licence}` : text.replaceAll(/\s+/g, ' ');
    const chapter = byText.get(key) ?? { licence: entry.licence, text, entries: [] };
    byText.set(key, { ...chapter, entries: [...chapter.entries, { ...entry, holders }] });
  }
  return [...byText.values()].sort(
    (a, b) => b.entries.length - a.entries.length || (a.entries[0].name < b.entries[0].name ? -1 : 1),
  );
}

function render({ licence, text, entries }) {
  const list = entries
    .map(({ name, version, holders }) => `- ${[`${name} ${version}`, ...holders].join('; ')}`)
    .join('\n');
  const body =
    text === '' ? 'These packages name this licence and carry no text of it.' : `\`\`\`\`text\n${text}\n\`\`\`\``;
  return `## ${licence}\n\n${list}\n\n${body}\n`;
}

const written = existsSync(OUTPUT) ? readFileSync(OUTPUT, 'utf8') : '';
const current = [INTRODUCTION, ...chapters(shippedPackages()).map(render)].join('\n');
if (!process.argv.includes('--check')) writeFileSync(OUTPUT, current);
else if (written !== current) {
  console.error('THIRD-PARTY-NOTICES.md is stale: run npm run notices.');
  process.exitCode = 1;
}
