import { memberSchemas, type MemberSchema } from '../../../src/representations/member-schemas.js';
import type { BodyClass } from '../../../src/representations/read-body.js';
import type { JsonObject } from '../../../src/shared/json.js';
import { docOf, type Sources } from './sources.js';

type Body = new () => object;

/** The schemas of request bodies, gathered as operations refer to them. */
export class BodySchemas {
  private readonly byName = new Map<string, { readonly type: Body; schema: JsonObject }>();

  constructor(private readonly sources: Sources) {}

  /** By name, in alphabetical order. */
  all(): JsonObject {
    const names = [...this.byName].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(names.map(([name, { schema }]) => [name, schema]));
  }

  /** A reference to the schema of a body. */
  of(type: Body): JsonObject {
    const name = this.nameOf(type as BodyClass<object>);
    if (!this.byName.has(name)) {
      const entry = { type, schema: {} as JsonObject };
      this.byName.set(name, entry);
      entry.schema = this.objectOf(type as BodyClass<object>);
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** A schema as the document writes it. */
  write({ body, items, additionalProperties, enum: words, ...rest }: MemberSchema): JsonObject {
    if (body) return this.of(body());
    return {
      ...rest,
      ...(words && { enum: [...words] }),
      ...(items && { items: this.write(items) }),
      ...(additionalProperties && { additionalProperties: this.write(additionalProperties) }),
    };
  }

  /** Keycloak's name; that of the class where the name is taken, or says nothing. */
  private nameOf(type: BodyClass<object>): string {
    const { representation } = type;
    const taken = this.byName.get(representation);
    return representation === 'Map' || (taken && taken.type !== type) ? type.name : representation;
  }

  private objectOf(type: BodyClass<object>): JsonObject {
    const members = [...memberSchemas(type)].map(([name, schema]): [string, JsonObject] => {
      const text = this.docOfMember(type, name);
      return [name, { ...this.write(schema), ...(text !== '' && { description: text }) }];
    });
    const text = docOf(this.sources.classNamed(type.name));
    return {
      type: 'object',
      ...(text !== '' && { description: text }),
      properties: Object.fromEntries(members),
      additionalProperties: type.open === true,
    };
  }

  private docOfMember(type: Body, name: string): string {
    for (let level: Body = type; level.name !== ''; level = Object.getPrototypeOf(level) as Body) {
      const member = this.sources.classNamed(level.name).members.find((each) => each.name?.getText() === name);
      if (member) return docOf(member);
    }
    return '';
  }
}
