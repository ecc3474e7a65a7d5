interface Reference {
  readonly $ref: string;
}

/** As much of a schema as our document uses. */
export interface Schema extends Partial<Reference> {
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly maxLength?: number;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

interface Answer extends Partial<Reference> {
  readonly description: string;
  readonly content?: Content;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface ApiOperation {
  readonly tags: readonly string[];
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly 'x-needs'?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Answer>>;
}

/** As much of an OpenAPI document as ours uses. */
export interface OpenApi {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, Answer>>;
  };
}

interface Row {
  readonly method: string;
  readonly path: string;
  readonly operation: ApiOperation;
}

/** The document as its page shows it. */
export class ApiPage {
  constructor(
    readonly document: OpenApi,
    /** Path of the page as browsers see it. */
    readonly address: string,
  ) {}

  /** The chapters in the order of their first operation. */
  get chapters(): readonly { readonly name: string; readonly anchor: string; readonly rows: readonly Row[] }[] {
    const rows = Object.entries(this.document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    );
    const names = [...new Set(rows.map(({ operation }) => operation.tags[0] ?? ''))];
    return names.map((name) => ({
      name,
      anchor: name.toLowerCase().replaceAll(/[^a-z]+/g, '-'),
      rows: rows.filter(({ operation }) => operation.tags[0] === name),
    }));
  }

  get schemas(): readonly (readonly [name: string, schema: Schema])[] {
    return Object.entries(this.document.components.schemas);
  }

  /** The answers of an operation, by status. */
  answersOf({ responses }: ApiOperation): readonly (readonly [status: string, answer: Answer])[] {
    const shared = this.document.components.responses;
    return Object.entries(responses).map(([status, answer]) => {
      const name = answer.$ref?.replace(/^.*\//, '');
      return [status, (name === undefined ? undefined : shared[name]) ?? answer];
    });
  }

  /** Name of the schema that a schema refers to, itself or in what it holds. */
  referenceOf(schema: Schema): string | undefined {
    const inner =
      schema.items ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);
    return schema.$ref?.replace(/^.*\//, '') ?? (inner && this.referenceOf(inner));
  }

  /** A type in a few words. */
  typeOf(schema: Schema): string {
    if (schema.$ref !== undefined) return schema.$ref.replace(/^.*\//, '');
    if (schema.anyOf) return schema.anyOf.map((each) => this.typeOf(each)).join(' or ');
    if (schema.enum) return schema.enum.map((word) => JSON.stringify(word)).join(' or ');
    if (schema.items) return `list of ${this.typeOf(schema.items)}`;
    if (typeof schema.additionalProperties === 'object')
      return `object with values: ${this.typeOf(schema.additionalProperties)}`;
    const limit = schema.maxLength === undefined ? '' : `, at most ${String(schema.maxLength)}`;
    return `${schema.type ?? 'any JSON'}${limit}`;
  }
}
