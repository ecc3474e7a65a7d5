import { RE2JS } from 're2js';
import type { JsonObject } from '../../shared/json.js';

/** What is wrong with a value: a message key that consoles translate, and what fills its places after the name of the attribute. */
export interface ValueProblem {
  readonly message: string;
  readonly params: readonly (string | number | null)[];
}

/** Checks the values of one attribute, none of which is empty. Configs were checked when they were stored. */
type Validator = (values: readonly string[], config: JsonObject) => readonly ValueProblem[];

/** What the reference's profile lets into names: no marks that a page or a shell gives a meaning to. */
const USERNAME = /^[^<>&"\s\v$%!#?§;*~/\\|^=[\]{}()\p{Cc}]+$/u;
const PERSON_NAME = /[<>&"\v$%!#?§;*~/\\|^=[\]{}()\p{Cc}]/u;
const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/;
/** Letters of one script: a name that mixes them can look like another one. */
const ONE_SCRIPT =
  /^(?:[\p{Script=Latin}\p{Script=Common}]*|[\p{Script=Cyrillic}\p{Script=Common}]*|[\p{Script=Greek}\p{Script=Common}]*|[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]*)$/u;

/** For checks of each value on its own. */
const each =
  (check: (value: string, config: JsonObject) => ValueProblem | undefined): Validator =>
  (values, config) =>
    values.flatMap((value) => check(value, config) ?? []);

const problem = (message: string, ...params: ValueProblem['params']): ValueProblem => ({ message, params });

/** A bound of a config: a number, or its text. */
const bound = (config: JsonObject, name: string): number | null => {
  const value = config[name];
  return value === undefined || value === null || value === '' ? null : Number(value);
};

/** The message for a value outside of bounds: which one depends on the bounds there are. */
function outside(
  size: number,
  config: JsonObject,
  messages: { readonly both: string; readonly min: string; readonly max: string },
): ValueProblem | undefined {
  const [min, max] = [bound(config, 'min'), bound(config, 'max')];
  if ((min === null || size >= min) && (max === null || size <= max)) return undefined;
  return problem(min === null ? messages.max : max === null ? messages.min : messages.both, min, max);
}

const LENGTH = {
  both: 'error-invalid-length',
  min: 'error-invalid-length-too-short',
  max: 'error-invalid-length-too-long',
};
const NUMBER = {
  both: 'error-number-out-of-range',
  min: 'error-number-out-of-range-too-small',
  max: 'error-number-out-of-range-too-big',
};

const length = each((value, config) => {
  const counted = config['trim-disabled'] === true || config['trim-disabled'] === 'true' ? value : value.trim();
  return outside(counted.length, config, LENGTH);
});

const number = (shape: RegExp): Validator =>
  each((value, config) =>
    shape.test(value) ? outside(Number(value), config, NUMBER) : problem('error-invalid-number', value),
  );

/** Undefined for what is no regular expression. */
function compiled(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}

/** Patterns run in linear time whatever they say: they are written by administrators of a realm, not of the server. */
const pattern = each((value, config) => {
  const text = typeof config['pattern'] === 'string' ? config['pattern'] : '';
  const message = config['error-message'];
  if (compiled(text)?.matches(value)) return undefined;
  return problem(typeof message === 'string' && message !== '' ? message : 'error-pattern-no-match', text);
});

const options = each((value, config) => {
  const allowed = config['options'];
  return Array.isArray(allowed) && allowed.includes(value) ? undefined : problem('error-invalid-value', value);
});

const uri = each((value) => (URL.canParse(value) ? undefined : problem('error-invalid-uri')));

const isoDate = each((value) => {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
  const exists = day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
  return exists ? undefined : problem('error-invalid-date');
});

/** An empty list, or one of a size within bounds. */
const multivalued: Validator = (values, config) => {
  const found = outside(values.length, config, {
    both: 'error-invalid-multivalued-size',
    min: 'error-invalid-multivalued-size',
    max: 'error-invalid-multivalued-size',
  });
  return found ? [found] : [];
};

/** The value is repeated to the caller only where the reference does: not for characters that a page must not show. */
const matching = (wanted: (value: string) => boolean, message: string): Validator =>
  each((value) => (wanted(value) ? undefined : problem(message)));

/** Every validator that a profile may name. */
export const PROFILE_VALIDATORS: Readonly<Record<string, Validator>> = {
  length,
  integer: number(/^[+-]?\d{1,15}$/),
  double: number(/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i),
  email: each((value) => (EMAIL.test(value) ? undefined : problem('error-invalid-email', value))),
  pattern,
  options,
  uri,
  'iso-date': isoDate,
  'local-date': isoDate,
  multivalued,
  'person-name-prohibited-characters': matching(
    (value) => !PERSON_NAME.test(value),
    'error-person-name-invalid-character',
  ),
  'username-prohibited-characters': matching((value) => USERNAME.test(value), 'error-username-invalid-character'),
  'up-username-not-idn-homograph': matching((value) => ONE_SCRIPT.test(value), 'error-username-invalid-character'),
};

/** What is wrong with the config of a validator; undefined when it can be used. */
export function configProblem(id: string, config: JsonObject): string | undefined {
  if (!Object.hasOwn(PROFILE_VALIDATORS, id)) return "doesn't exist";
  for (const name of ['min', 'max']) if (Number.isNaN(bound(config, name) ?? 0)) return `needs a number as '${name}'`;
  if (id === 'pattern') {
    const { pattern: text } = config;
    if (typeof text !== 'string' || text === '') return `needs a 'pattern'`;
    if (!compiled(text)) return 'has a pattern that is no regular expression (RE2)';
  }
  if (id === 'options') {
    const { options: list } = config;
    if (!Array.isArray(list) || list.length === 0) return `needs a list of 'options'`;
  }
  return undefined;
}
