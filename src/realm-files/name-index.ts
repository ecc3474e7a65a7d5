import { InvalidInputError } from '../shared/errors.js';

/** Ids by name of one kind of thing in a realm file. */
export class NameIndex {
  private readonly ids = new Map<string, string>();

  /** @param kind in words, for errors: `client`, `realm role`. */
  constructor(private readonly kind: string) {}

  /** @throws InvalidInputError `duplicate_name` */
  add(name: string, id: string, path: string): void {
    if (this.ids.has(name)) throw fileError('duplicate_name', path, `there is another ${this.kind} "${name}"`);
    this.ids.set(name, id);
  }

  find(name: string): string | undefined {
    return this.ids.get(name);
  }

  /** @throws InvalidInputError `unknown_reference` */
  get(name: string, path: string): string {
    const id = this.ids.get(name);
    if (id === undefined) throw fileError('unknown_reference', path, `there is no ${this.kind} "${name}"`);
    return id;
  }
}

/** An error that names a place of a realm file or body. */
export const fileError = (code: string, path: string, message: string): InvalidInputError =>
  new InvalidInputError(code, `${path}: ${message}`, { field: path });

/** The member's text. @throws InvalidInputError `member_missing` when it is absent or empty. */
export function requiredText(value: string | undefined, path: string): string {
  if (value === undefined || value === '') throw fileError('member_missing', path, 'is missing');
  return value;
}
