import type { Abstract, Provider, Type } from '@nestjs/common';

type Token<T> = Type<T> | Abstract<T>;
type Tokens<Parts extends readonly unknown[]> = { readonly [Index in keyof Parts]: Token<Parts[Index]> };

/**
 * A provider for a class that knows nothing of Nest: its constructor's parts, as classes, in order. The compiler refuses a missing
 * part and a wrong order.
 */
export const wire = <const Parts extends readonly unknown[]>(
  type: new (...parts: Parts) => object,
  parts: Tokens<Parts>,
): Provider => ({
  provide: type,
  useFactory: (...made: unknown[]) => new type(...(made as unknown as Parts)),
  inject: [...(parts as readonly Token<unknown>[])],
});

/** A provider made by a function of other parts (for what is not one class with class-typed parts). */
export const make = <T, const Parts extends readonly unknown[]>(
  token: Token<T>,
  parts: Tokens<Parts>,
  create: (...parts: Parts) => T,
): Provider => ({
  provide: token,
  useFactory: (...made: unknown[]) => create(...(made as unknown as Parts)),
  inject: [...(parts as readonly Token<unknown>[])],
});

/** A provider for something that exists already. */
export const value = <T>(token: abstract new (...parts: never[]) => T, useValue: T): Provider => ({
  provide: token,
  useValue,
});
