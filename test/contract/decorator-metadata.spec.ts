import 'reflect-metadata';
import { expect, it } from 'vitest';
// Named only as a type below, as injected services are: the transformer must keep the import all the same.
import { SqliteConnection } from '../../src/persistence/sqlite/sqlite-connection.js';
import type { SqliteSettings } from '../../src/persistence/sqlite/sqlite3-options.js';

function decorated(_target: object, _key?: string | symbol): void {
  // Only its presence matters: TypeScript emits types of what is decorated.
}

@decorated
class Service {
  @decorated
  count: number;

  constructor(
    readonly connection: SqliteConnection,
    readonly settings: SqliteSettings,
  ) {}
}

// Nest injects by these types and TypeORM derives columns from them: without them both fail far from the cause.
it('tests see the types that decorators record, as the built server does', () => {
  const [first, second] = Reflect.getMetadata('design:paramtypes', Service) as { name: string }[];
  expect(first?.name).toBe('SqliteConnection');
  expect(second).toBe(Object);
  expect(Reflect.getMetadata('design:type', Service.prototype, 'count')).toBe(Number);
});

it('a declared field does not overwrite what a base class or a decorator set', () => {
  class Base {
    value = this.initial();
    initial(): string {
      return 'base';
    }
  }
  class Derived extends Base {
    declare other: string;
    override value: string;
  }
  expect(new Derived().value).toBe('base');
});
