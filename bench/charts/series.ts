import { dot, words, type Drawn } from './svg.js';

/** Figures that belong together, in the order of what they are of; undefined where there is none. */
export interface Series {
  readonly name: string;
  readonly figures: readonly (number | undefined)[];
}

/** Okabe and Ito's colours, which people tell apart who do not see all colours. */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#d55e00', '#cc79a7'] as const;
export const colourOf = (index: number): string => COLOURS[index % COLOURS.length] ?? COLOURS[0];
export const GRID = '#dddddd';

const ENTRY_WIDTH = 220;

/** What the colours mean. */
export const legend = (series: readonly Series[], x: number, y: number): readonly Drawn[] =>
  series.flatMap(({ name }, index) => [
    dot(x + index * ENTRY_WIDTH, y - 4, colourOf(index), name),
    words(x + index * ENTRY_WIDTH + 12, y, name),
  ]);

/** A log axis shows what is above 0. */
export const drawable = (series: readonly Series[]): readonly number[] =>
  series.flatMap(({ figures }) => figures.filter((figure) => figure !== undefined && figure > 0) as number[]);

export const told = (figure: number): string => figure.toPrecision(3);
