import { NotFoundError } from '../shared/errors.js';

/** Parameters as the framework reads them: one sent twice is a list. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A part of a list. */
export interface Page {
  readonly first: number;
  /** Negative = no bound; 0 = nothing. */
  readonly max: number;
}

/** The text of a parameter; of one sent twice the first counts. Empty counts as absent. */
export function textOf(query: unknown, name: string): string | undefined {
  const value = (query as Query)[name];
  const text = typeof value === 'object' ? value[0] : value;
  return text === '' ? undefined : text;
}

/** All values of a parameter that may be repeated. */
export function textsOf(query: unknown, name: string): readonly string[] {
  const value = (query as Query)[name];
  return (typeof value === 'object' ? value : value === undefined ? [] : [value]).filter((text) => text !== '');
}

/** A yes or no; anything but `true` is no, as at the reference. */
export function flagOf(query: unknown, name: string): boolean | undefined {
  const text = textOf(query, name);
  return text === undefined ? undefined : text.toLowerCase() === 'true';
}

/** A 32-bit number. @throws NotFoundError `malformed_parameter`: the reference then finds no route */
export function wholeOf(query: unknown, name: string): number | undefined {
  const text = textOf(query, name);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^[+-]?\d{1,10}$/.test(text) || Math.abs(number) > 2_147_483_647) {
    throw new NotFoundError('malformed_parameter', 'HTTP 404 Not Found', { field: name });
  }
  return number;
}

/** `first` and `max`. A negative `first` is the beginning, a negative `max` no bound. @throws as `wholeOf` */
export function pageOf(query: unknown, defaultMax = -1): Page {
  const first = wholeOf(query, 'first') ?? 0;
  const max = wholeOf(query, 'max') ?? defaultMax;
  return { first: Math.max(0, first), max: Math.max(-1, max) };
}

/** The page, as long as a page may be at most. */
export const bounded = ({ first, max }: Page, longest: number): Page => ({
  first,
  max: max < 0 ? longest : Math.min(max, longest),
});

/** The page of a list that is there as a whole. */
export const slice = <T>(list: readonly T[], { first, max }: Page): readonly T[] =>
  list.slice(first, max < 0 ? undefined : first + max);
