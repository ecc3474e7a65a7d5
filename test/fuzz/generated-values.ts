import fc from 'fast-check';
import type { Schema } from '../../src/web/api-docs/api-page.js';

/** Texts that programs stumble over; in addresses they are sent as they are. */
const AWKWARD = [
  '',
  ' ',
  '.',
  '..',
  '0',
  '-1',
  '2147483648',
  '9007199254740993',
  '1e400',
  'NaN',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  "' OR '1'='1",
  '"; DROP TABLE realm; --',
  '%',
  '_',
  '\\',
  '${x}',
  '*',
  '/',
  'a/b',
  '#',
  '?',
  '\u0000',
  '\u0001',
  '\n',
  '\u2028',
  '\ufeff',
  '\ud800',
  '😀',
  'İ',
  'ﬀ',
  '١٢',
  'e\u0301',
  'a'.repeat(255),
  'a'.repeat(256),
  'a'.repeat(4001),
  '😀'.repeat(200),
  '00000000-0000-0000-0000-000000000000',
] as const;

/** Numbers at the edges of what members take. */
const NUMBERS = [0, -0, 1, -1, 1.5, 60, 2_147_483_647, 2_147_483_648, -2_147_483_648, -2_147_483_649, 2 ** 53, 1e308];

export const awkwardText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...AWKWARD) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

/** Words that mean something somewhere in a realm; a text member takes one now and then, to come further in. */
export const plainText = (words: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('en', ...words) },
    { weight: 1, arbitrary: fc.stringMatching(/^[a-z]{1,8}$/) },
  );

const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, false, [], {}, '', [[[[[]]]]], { a: { a: { a: {} } } }),
  fc.constantFrom(...NUMBERS),
  awkwardText,
  fc.jsonValue({ maxDepth: 2 }),
);

const DEEPEST = 3;

/** Values of schemas: mostly what is asked for, sometimes at its edge, sometimes something else. */
export class SchemaValues {
  constructor(
    private readonly schemas: Readonly<Record<string, Schema>>,
    private readonly words: readonly string[],
  ) {}

  of(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
    return fc.oneof({ weight: 12, arbitrary: this.fitting(schema, depth) }, { weight: 1, arbitrary: anyJson });
  }

  private fitting(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    if (schema.$ref !== undefined) return this.fitting(this.schemas[schema.$ref.replace(/^.*\//, '')] ?? {}, depth);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    switch (schema.type) {
      case 'string':
        return fc.oneof({ weight: 5, arbitrary: plainText(this.words) }, { weight: 1, arbitrary: awkwardText });
      case 'boolean':
        return fc.boolean();
      case 'integer':
      case 'number':
        return fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.constantFrom(...NUMBERS));
      case 'array':
        return depth > DEEPEST ? fc.constant([]) : fc.array(this.of(schema.items ?? {}, depth + 1), { maxLength: 3 });
      case 'object':
        return this.object(schema, depth);
      default:
        return anyJson;
    }
  }

  private object({ properties, additionalProperties }: Schema, depth: number): fc.Arbitrary<unknown> {
    if (depth > DEEPEST) return fc.constant({});
    if (typeof additionalProperties === 'object') {
      const key = fc.oneof(plainText(this.words), awkwardText);
      return fc.dictionary(key, this.of(additionalProperties, depth + 1), { maxKeys: 3 });
    }
    const members = Object.entries(properties ?? {});
    if (members.length === 0) return fc.dictionary(plainText(this.words), anyJson, { maxKeys: 4 });
    return fc
      .subarray(members, { maxLength: Math.min(8, members.length) })
      .chain((chosen) =>
        fc.record(Object.fromEntries(chosen.map(([name, schema]) => [name, this.of(schema, depth + 1)]))),
      );
  }
}
