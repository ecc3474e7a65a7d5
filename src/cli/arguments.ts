import { InvalidArgumentError } from 'commander';

/** Reads a whole number of at most nine digits. @throws InvalidArgumentError by the parser it gives */
export const wholeFrom =
  (least: number) =>
  (text: string): number => {
    if (!/^\d{1,9}$/.test(text) || Number(text) < least)
      throw new InvalidArgumentError(`It must be a whole number from ${String(least)}.`);
    return Number(text);
  };

/** Reads values separated by commas. @throws InvalidArgumentError by the parser it gives, as that of the values does */
export const listOf =
  <T>(read: (text: string) => T) =>
  (text: string): readonly T[] =>
    text.split(',').map((part) => read(part.trim()));

/** Reads one of a few words. @throws InvalidArgumentError by the parser it gives */
export const oneOf =
  <T extends string>(words: readonly T[]) =>
  (text: string): T => {
    const word = words.find((each) => each === text);
    if (word === undefined) throw new InvalidArgumentError(`It must be one of ${words.join(', ')}.`);
    return word;
  };
