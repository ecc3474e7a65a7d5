import 'reflect-metadata'; // class-transformer reads it
import { Transform, Type, plainToInstance } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import type { ValidationArguments } from 'class-validator';
import { describedAs } from './member-schemas.js';

/**
 * Decorators for the members of request bodies and realm files: one per member, so that a body class reads as a list of fields.
 * Every member is optional, and `null` counts as absent, as in Keycloak; what must be there is said where the body is used. Each
 * decorator also notes what the member takes, for the document of the API.
 */

const LONGEST_TEXT = 4000;
const LONGEST_NAME = 255;
const LONGEST_DOCUMENT = 262_144;
const LARGEST_INT = 2_147_483_647;

type Scalar = string | number | boolean;
const isScalar = (value: unknown): value is Scalar => ['string', 'number', 'boolean'].includes(typeof value);
const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const all =
  (...decorators: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, key) => {
    for (const decorate of decorators) decorate(target, key);
  };

const check = (name: string, message: string, test: (value: unknown) => boolean): PropertyDecorator =>
  ValidateBy({
    name,
    validator: {
      validate: test,
      defaultMessage: (args?: ValidationArguments) => `${args?.property ?? 'value'} ${message}`,
    },
  });

/** Reads a value as Keycloak does before it is checked: scalars stand for each other where nothing is lost. */
const readAs = (read: (value: unknown) => unknown): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => read(value));

const textOfAtMost = (length: number): PropertyDecorator =>
  all(
    describedAs({ type: 'string', maxLength: length }),
    IsOptional(),
    readAs(scalarText),
    IsString(),
    MaxLength(length),
  );

/** Text of at most 4000 characters. */
export const Text = (): PropertyDecorator => textOfAtMost(LONGEST_TEXT);

/** A name or alias: at most 255 characters. */
export const Name = (): PropertyDecorator => textOfAtMost(LONGEST_NAME);

/** A longer text (JSON in text, keys, templates): at most 256 KiB. */
export const LongText = (): PropertyDecorator => textOfAtMost(LONGEST_DOCUMENT);

/** Yes or no; also as text or as a number (0 is no). */
export const Flag = (): PropertyDecorator =>
  all(describedAs({ type: 'boolean' }), IsOptional(), readAs(scalarFlag), IsBoolean());

/** A 32-bit integer, also as text. Fractions are cut off: the admin console sends `notBefore` as a float. */
export const Whole = (): PropertyDecorator =>
  all(
    describedAs({ type: 'integer', minimum: -LARGEST_INT - 1, maximum: LARGEST_INT }),
    IsOptional(),
    readAs(scalarWhole),
    IsInt(),
    Min(-LARGEST_INT - 1),
    Max(LARGEST_INT),
  );

/** A whole number from one to another, also as text. */
export const WholeBetween = (least: number, most: number): PropertyDecorator =>
  all(
    describedAs({ type: 'integer', minimum: least, maximum: most }),
    IsOptional(),
    readAs(scalarWhole),
    IsInt(),
    check(
      'within',
      `must be from ${String(least)} to ${String(most)}`,
      (value) => typeof value !== 'number' || (value >= least && value <= most),
    ),
  );

/** Milliseconds since the epoch. */
export const Instant = (): PropertyDecorator =>
  all(
    describedAs({ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    IsOptional(),
    IsNumber(),
    Min(0),
    Max(Number.MAX_SAFE_INTEGER),
  );

export const TextList = (): PropertyDecorator =>
  all(
    describedAs({ type: 'array', items: { type: 'string', maxLength: LONGEST_TEXT } }),
    IsOptional(),
    readAs((value) => (Array.isArray(value) ? value.map(scalarText) : value)),
    IsArray(),
    IsString({ each: true }),
    MaxLength(LONGEST_TEXT, { each: true }),
  );

/** Text values by name. Numbers and booleans are taken as their text, `null` values stay (they clear an entry). */
export const TextMap = (): PropertyDecorator =>
  all(
    describedAs({ type: 'object', additionalProperties: { type: 'string' } }),
    IsOptional(),
    readAs((value) => (isPlainObject(value) ? mapValues(value, scalarText) : value)),
    check(
      'textMap',
      'must be an object with text values',
      (value) =>
        isPlainObject(value) && Object.values(value).every((entry) => entry === null || typeof entry === 'string'),
    ),
  );

const textListMap = (readEntry: (entry: unknown) => unknown): PropertyDecorator =>
  all(
    describedAs({ type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } }),
    IsOptional(),
    readAs((value) => (isPlainObject(value) ? mapValues(value, readEntry) : value)),
    check(
      'textListMap',
      'must be an object with lists of text values',
      (value) =>
        isPlainObject(value) &&
        Object.values(value).every((entry) => Array.isArray(entry) && entry.every((text) => typeof text === 'string')),
    ),
  );

/** Lists of text values by name. A single value stands for a list of one. */
export const TextListMap = (): PropertyDecorator => textListMap(textList);

/** As `TextListMap`, where the reference takes nothing but lists. */
export const StrictTextListMap = (): PropertyDecorator =>
  textListMap((entry) => (Array.isArray(entry) || entry === null ? textList(entry) : entry));

/** One nested body. */
export const One = (type: () => new () => object): PropertyDecorator =>
  all(describedAs({ body: type }), IsOptional(), IsObject(), ValidateNested(), Type(type));

/** A list of nested bodies. */
export const ListOf = (type: () => new () => object): PropertyDecorator =>
  all(
    describedAs({ type: 'array', items: { body: type } }),
    IsOptional(),
    IsArray(),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(type),
  );

/** Lists of nested bodies by name; read as a Map. */
export const MapOfLists = (type: () => new () => object): PropertyDecorator =>
  all(
    describedAs({ type: 'object', additionalProperties: { type: 'array', items: { body: type } } }),
    IsOptional(),
    readAs((value) =>
      isPlainObject(value)
        ? new Map(Object.entries(value).map(([key, list]) => [key, nestedList(type(), list)]))
        : value,
    ),
    check('map', 'must be an object with lists', (value) => value instanceof Map),
    ValidateNested(),
  );

/** One of some words. */
export const OneOf = (...words: readonly string[]): PropertyDecorator =>
  all(describedAs({ type: 'string', enum: words }), IsOptional(), IsIn(words));

/** JSON that is kept as it is. */
export const Kept = (): PropertyDecorator => all(describedAs({}), IsOptional());

/** A JSON object that is kept as it is. */
export const KeptObject = (): PropertyDecorator =>
  all(describedAs({ type: 'object' }), IsOptional(), check('object', 'must be an object', isPlainObject));

const nestedList = (type: new () => object, list: unknown): unknown =>
  Array.isArray(list) ? plainToInstance(type, list) : list;

const scalarText = (value: unknown): unknown => (isScalar(value) ? String(value) : value);

function scalarFlag(value: unknown): unknown {
  if (typeof value === 'number' && Number.isInteger(value)) return value !== 0;
  if (value === '') return undefined;
  return value === 'true' ? true : value === 'false' ? false : value;
}

function scalarWhole(value: unknown): unknown {
  if (value === '') return undefined;
  if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) return Number(value);
  return typeof value === 'number' ? Math.trunc(value) : value;
}

function textList(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((entry) => entry !== null).map(scalarText);
  return value === null || value === undefined ? [] : isScalar(value) ? [String(value)] : value;
}

const mapValues = (map: Record<string, unknown>, change: (value: unknown) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
