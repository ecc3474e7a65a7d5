import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { InvalidInputError } from '../shared/errors.js';
import { positionOfMember } from './json-position.js';
import type { JsonPath } from './json-position.js';

/** A class whose members are described with the decorators of `members.ts`. */
export interface BodyClass<T extends object> {
  new (): T;
  /** Keycloak's name of the representation, as its error sentences say it. */
  readonly representation: string;
  /** True for bodies that are plain maps in Keycloak: members nobody knows are let pass there. */
  readonly open?: true;
}

export interface ReadBody<T> {
  readonly body: T;
  /** Paths of members that the representation does not have (`clients[0].colour`). */
  readonly unknown: readonly string[];
}

/**
 * Reads a request body.
 * @param text the JSON text it came from: the error then names the exact place of an unknown member.
 * @param at where in the text the value stands, when it is not all of it
 * @throws InvalidInputError `unknown_member` in Keycloak's words, `wrong_type`, `number_beyond` or `invalid_member` naming the path and
 *   what is wrong with it.
 */
export function readBody<T extends object>(type: BodyClass<T>, value: unknown, text?: string, at: JsonPath = []): T {
  const { body, problems } = inspect(type, value);
  const unknown = problems.find((problem) => problem.unknown);
  if (unknown && !type.open) throw unknownMember(unknown, text, at);
  refuseWrong(problems.filter((problem) => !problem.unknown));
  return body;
}

/**
 * As `readBody`, but members nobody knows are given back by name instead of refused: files written by other versions.
 * @throws InvalidInputError `wrong_type` or `invalid_member` for a value that cannot be taken.
 */
export function readTolerantly<T extends object>(type: BodyClass<T>, value: unknown): ReadBody<T> {
  const { body, problems } = inspect(type, value);
  refuseWrong(problems.filter((problem) => !problem.unknown));
  return { body, unknown: problems.filter((problem) => problem.unknown).map((problem) => pathText(problem.path)) };
}

/** `clients[0].enabled` for ['clients', 0, 'enabled']. */
const pathText = (path: JsonPath): string =>
  path.map((step, at) => (typeof step === 'number' ? `[${String(step)}]` : at === 0 ? step : `.${step}`)).join('');

/** Checks of class-validator that look at a value of the right type. */
const LIMITS: ReadonlySet<string> = new Set(['maxLength', 'min', 'max', 'within', 'isIn']);

/** Those of them that say that a number does not fit. */
const BOUNDS: ReadonlySet<string> = new Set(['min', 'max']);

interface Problem {
  readonly path: JsonPath;
  readonly unknown: boolean;
  /** The value has the right type, but is too long, too large or none of the words. */
  readonly limit: boolean;
  /** The value is a number that does not fit. */
  readonly beyond: boolean;
  readonly message: string;
  readonly representation: string;
}

function inspect<T extends object>(type: BodyClass<T>, value: unknown): { body: T; problems: readonly Problem[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidInputError('unparsable_json', 'Cannot parse the JSON', {
      detail: `${type.representation} must be an object`,
    });
  }
  refuseConstructors(value, []);
  const body = plainToInstance(type, value);
  const errors = validateSync(body, { whitelist: true, forbidNonWhitelisted: true });
  const problems = errors.flatMap((error) => flatten(error, []));
  dropNulls(body);
  return { body, problems };
}

/**
 * A member with this name would stand where class-transformer looks for the class of an object, and break it.
 * @throws InvalidInputError `invalid_member`
 */
function refuseConstructors(value: object, above: JsonPath): void {
  for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
    const path = [...above, Array.isArray(value) ? Number(key) : key];
    if (key === 'constructor') {
      const field = pathText(path);
      throw new InvalidInputError('invalid_member', `${field}: no member can have this name`, { field });
    }
    if (typeof inner === 'object' && inner !== null) refuseConstructors(inner, path);
  }
}

function flatten(error: ValidationError, above: JsonPath): readonly Problem[] {
  const path = [...above, Array.isArray(error.target) ? Number(error.property) : error.property];
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    path,
    unknown: rule === 'whitelistValidation',
    limit: LIMITS.has(rule),
    beyond: BOUNDS.has(rule),
    message: message.startsWith(error.property) ? message.slice(error.property.length).trim() : message,
    representation: representationOf(error.target),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => flatten(child, path))];
}

function representationOf(target: object | undefined): string {
  const type: unknown = target?.constructor;
  return typeof type === 'function' && 'representation' in type ? String(type.representation) : 'Object';
}

function unknownMember(problem: Problem, text: string | undefined, at: JsonPath): InvalidInputError {
  const member = String(problem.path.at(-1));
  const position = (text === undefined ? undefined : positionOfMember(text, [...at, ...problem.path])) ?? {
    line: 1,
    column: 1,
  };
  const place = `line ${String(position.line)} column ${String(position.column)}`;
  return new InvalidInputError(
    'unknown_member',
    `Invalid json representation for ${problem.representation}. Unrecognized field "${member}" at ${place}.`,
    { field: pathText(problem.path) },
  );
}

function refuseWrong(problems: readonly Problem[]): void {
  const wrong = problems.find(({ limit }) => !limit) ?? problems[0];
  if (!wrong) return;
  const field = pathText(wrong.path);
  const code = wrong.beyond ? 'number_beyond' : wrong.limit ? 'invalid_member' : 'wrong_type';
  throw new InvalidInputError(code, `${field}: ${wrong.message}`, { field });
}

/** Deletes members that are null, in the body and in the bodies inside it; maps keep theirs (null clears an entry). */
function dropNulls(body: object): void {
  for (const [key, value] of Object.entries(body) as [string, unknown][]) {
    if (value === null || value === undefined) Reflect.deleteProperty(body, key);
    else for (const inner of nestedValues(value)) if (isBody(inner)) dropNulls(inner);
  }
}

function nestedValues(value: unknown): readonly unknown[] {
  if (value instanceof Map) return [...value.values()].flat();
  return Array.isArray(value) ? value : [value];
}

const isBody = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  typeof value.constructor === 'function' &&
  'representation' in value.constructor;
