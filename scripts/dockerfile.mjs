import { validate } from 'dockerfile-utils';

/** Instructions of a Dockerfile in their order, as `[name, rest]`; continued lines are one. */
export const parseDockerfile = (text) =>
  text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name, rest] = /^(\w+)\s+(.*)$/.exec(line);
      return [name.toUpperCase(), rest];
    });

/** Rules of this project: what it names, and whether a list of instructions keeps it. */
const RULES = [
  ['the image ends as nobody, by number', (all) => /^[1-9]\d*:[1-9]\d*$/.test(last(all, 'USER') ?? '')],
  ['a base image has a version', (all) => named(all, 'FROM').every((rest) => /^\S+:(?!latest\b)\S+/.test(rest))],
  ['files come by COPY, not by ADD', (all) => named(all, 'ADD').length === 0],
  ['a program is a list, so that it gets signals', (all) => isList(last(all, 'ENTRYPOINT'))],
  ['a health check is a list', (all) => isList(last(all, 'HEALTHCHECK')?.replace(/^.*?CMD /, ''))],
  ['packages are those of the lock file', (all) => !named(all, 'RUN').some((rest) => /npm (i|install)\b/.test(rest))],
  [
    'no secret is built in',
    (all) => ![...named(all, 'ENV'), ...named(all, 'ARG')].some((rest) => /(PASSWORD|SECRET|TOKEN|KEY)\w*=/.test(rest)),
  ],
];

const named = (all, name) => all.filter(([one]) => one === name).map(([, rest]) => rest);
const last = (all, name) => named(all, name).at(-1);

function isList(text) {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

/** What is wrong with a Dockerfile, one sentence each. */
export function problemsOf(text) {
  const all = parseDockerfile(text);
  return [
    ...validate(text).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`),
    ...RULES.filter(([, isKept]) => !isKept(all)).map(([rule]) => `not so: ${rule}`),
  ];
}
