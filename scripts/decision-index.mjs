// npm run docs: writes the table of docs/adr/README.md from the records' titles and states. --check only compares.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..', 'docs', 'adr');
const INDEX = join(FOLDER, 'README.md');
const HEAD = '| # | Decision | Status |\n|---|---|---|\n';

/** One row per record, from its first heading (`# 4. Title`) and its `Status:` line. */
function rowOf(file) {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  const title = /^# (\d+)\. (.+)$/m.exec(text);
  const status = /^Status: (.+)$/m.exec(text);
  if (!title || !status) throw new Error(`docs/adr/${file}: a record begins with "# N. Title" and "Status: ...".`);
  return `| ${title[1]} | [${title[2]}](${file}) | ${status[1]} |\n`;
}

const records = readdirSync(FOLDER).filter((name) => /^\d{4}-.+\.md$/.test(name));
const written = readFileSync(INDEX, 'utf8');
const introduction = written.slice(0, written.indexOf(HEAD));
const current = `${introduction}${HEAD}${records.sort().map(rowOf).join('')}`;
if (!process.argv.includes('--check')) writeFileSync(INDEX, current);
else if (written !== current) {
  console.error('docs/adr/README.md is stale: run npm run docs.');
  process.exitCode = 1;
}
