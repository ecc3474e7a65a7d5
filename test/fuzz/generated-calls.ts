import fc from 'fast-check';
import type { ApiOperation, OpenApi, Schema } from '../../src/web/api-docs/api-page.js';
import { awkwardText, plainText, SchemaValues } from './generated-values.js';

/** Who a call comes from. */
const CALLERS = ['chief', 'viewer', 'person', 'stranger', 'nobody'] as const;
export type CallerName = (typeof CALLERS)[number];

/** A value of an address: something that is there, by its place among what is there, or a text. */
export type Place = { readonly known: number } | { readonly text: string };

/** A body: a value to be written as JSON, changes to what is there, fields of a form, or bytes as they are. */
export type GeneratedBody =
  | { readonly kind: 'json' | 'changes'; readonly value: unknown }
  | { readonly kind: 'form'; readonly fields: readonly (readonly [string, Place])[] }
  | { readonly kind: 'bytes'; readonly type: string | undefined; readonly text: string };

/** A call before it is known what there is in the realm. */
export interface GeneratedCall {
  readonly path: string;
  readonly method: string;
  readonly caller: CallerName;
  readonly inPath: Readonly<Record<string, Place>>;
  readonly inQuery: readonly (readonly [string, string])[];
  readonly body?: GeneratedBody;
  readonly ifMatch?: string;
}

const NUMERIC = ['0', '1', '-1', '10', '2147483647', '2147483648', '1e3', 'x', '', '٣'];
const TYPES = [
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  '/',
  undefined,
];
const BYTES = [
  '',
  '{',
  '[',
  '{"a":',
  '{}',
  '[]',
  'null',
  '""',
  '0',
  '{"id":"\\ud800"}',
  '{"__proto__":{"a":1}}',
  'a=%',
  `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
  '\u0000',
];

/** Calls of the operations of a document. */
export class CallGenerator {
  private readonly values: SchemaValues;

  /** @param words what texts are sometimes made of */
  constructor(
    private readonly document: OpenApi,
    private readonly words: readonly string[],
  ) {
    this.values = new SchemaValues(document.components.schemas, words);
  }

  /** Every operation but those of other origins' preflights, and those that nothing changes (the document itself). */
  operations(): readonly { readonly path: string; readonly method: string }[] {
    return Object.entries(this.document.paths)
      .filter(([path]) => !path.startsWith('/docs/'))
      .flatMap(([path, item]) =>
        Object.keys(item)
          .filter((method) => method !== 'options')
          .map((method) => ({ path, method })),
      );
  }

  /** Calls of one operation. */
  callsOf(path: string, method: string): fc.Arbitrary<GeneratedCall> {
    const operation = this.document.paths[path]?.[method];
    if (!operation) throw new Error(`There is no operation ${method} ${path}`);
    const placed = (place: string) => operation.parameters?.filter((parameter) => parameter.in === place) ?? [];
    const inPath = Object.fromEntries(placed('path').map(({ name }) => [name, pathPlace(name)]));
    const query = placed('query').map(({ name, schema }) => this.queryValue(name, schema));
    const body = this.bodyOf(operation, method);
    return fc.record(
      {
        path: fc.constant(path),
        method: fc.constant(method.toUpperCase()),
        caller: callerFor(path),
        inPath: fc.record(inPath),
        inQuery: query.length === 0 ? fc.constant([]) : fc.array(fc.oneof(...query), { maxLength: 4 }),
        ...(body && { body }),
        ifMatch: fc.oneof({ weight: 1, arbitrary: fc.constantFrom('"x"', '*', '"', '') }),
      },
      { requiredKeys: ['path', 'method', 'caller', 'inPath', 'inQuery'] },
    );
  }

  private queryValue(name: string, schema: Schema): fc.Arbitrary<readonly [string, string]> {
    const value =
      schema.type === 'integer'
        ? fc.constantFrom(...NUMERIC)
        : schema.type === 'boolean'
          ? fc.constantFrom('true', 'false', 'TRUE', '1', '')
          : fc.oneof({ weight: 2, arbitrary: plainText(this.words) }, { weight: 1, arbitrary: awkwardText });
    return fc.tuple(fc.constant(name), value);
  }

  private bodyOf({ requestBody }: ApiOperation, method: string): fc.Arbitrary<GeneratedBody> | undefined {
    const bytes = fc.record({
      kind: fc.constant('bytes' as const),
      type: fc.constantFrom(...TYPES),
      text: fc.oneof(fc.constantFrom(...BYTES), awkwardText),
    });
    const [[media, content] = []] = Object.entries(requestBody?.content ?? {});
    if (media === undefined || content === undefined) return method === 'get' || method === 'head' ? undefined : bytes;
    return fc.oneof(
      { weight: 1, arbitrary: bytes },
      { weight: 9, arbitrary: this.fitting(media, content.schema, method) },
    );
  }

  private fitting(media: string, schema: Schema, method: string): fc.Arbitrary<GeneratedBody> {
    if (media === 'text/plain') {
      return awkwardText.map((text) => ({ kind: 'bytes' as const, type: 'text/plain', text }));
    }
    if (media !== 'application/json') return formOf(schema);
    const kind = method === 'put' ? fc.constantFrom('json' as const, 'changes' as const) : fc.constant('json' as const);
    return fc.record({ kind, value: this.values.of(schema) });
  }
}

const place = (chanceKnown: number): fc.Arbitrary<Place> =>
  fc.oneof(
    { weight: chanceKnown, arbitrary: fc.record({ known: fc.nat(10_000) }) },
    { weight: 1, arbitrary: fc.record({ text: awkwardText }) },
  );

/** The realm is nearly always the one that may be broken: what is behind it is what counts. */
const pathPlace = (name: string): fc.Arbitrary<Place> => place(name === 'realm' || name === 'tenant' ? 40 : 8);

function formOf({ properties = {} }: Schema): fc.Arbitrary<GeneratedBody> {
  const names = [...Object.keys(properties), 'x'];
  const field = fc.tuple(fc.constantFrom(...names), place(4));
  return fc.array(field, { maxLength: 10 }).map((fields) => ({ kind: 'form' as const, fields }));
}

function callerFor(path: string): fc.Arbitrary<CallerName> {
  const [first, second]: readonly CallerName[] = path.startsWith('/admin/') ? ['chief', 'viewer'] : ['person', 'chief'];
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(first ?? 'nobody') },
    { weight: 3, arbitrary: fc.constant(second ?? 'nobody') },
    { weight: 1, arbitrary: fc.constantFrom(...CALLERS) },
  );
}
