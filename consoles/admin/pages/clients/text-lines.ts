/** Values that stand one on a line; empty lines and repeated ones are left out. */
export const linesOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

export const textOfLines = (values: readonly string[]): string => values.join('\n');
