/** What a member takes, as JSON Schema says it (draft 2020-12, the dialect of OpenAPI 3.1). */
export interface MemberSchema {
  readonly type?: 'string' | 'boolean' | 'integer' | 'number' | 'array' | 'object';
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly items?: MemberSchema;
  readonly additionalProperties?: MemberSchema;
  /** The member holds this body. */
  readonly body?: () => new () => object;
}

const described = new WeakMap<object, Map<string, MemberSchema>>();

/** Notes what a member takes, beside the checks of it. */
export const describedAs =
  (schema: MemberSchema): PropertyDecorator =>
  (target, key) => {
    const members = described.get(target) ?? new Map<string, MemberSchema>();
    described.set(target, members.set(String(key), schema));
  };

/** The members of a body class and of those it extends, in the order in which they are written. */
export function memberSchemas(type: new () => object): ReadonlyMap<string, MemberSchema> {
  const members: [string, MemberSchema][] = [];
  for (let level = type.prototype as object | null; level !== null; level = Object.getPrototypeOf(level) as object) {
    members.unshift(...(described.get(level) ?? []));
  }
  return new Map(members);
}
