import { logAxis } from './log-axis.js';
import { colourOf, drawable, GRID, legend, told, type Series } from './series.js';
import { dot, drawing, line, words } from './svg.js';

const WIDTH = 1000;
const LEFT = 460;
const RIGHT = 30;
const TOP = 80;
const ROW = 26;

/** One line for each work, with a dot of each series, on a logarithmic axis: the distance of two dots is their ratio. */
export function dotPlot(title: string, unit: string, works: readonly string[], series: readonly Series[]): string {
  const axis = logAxis(drawable(series));
  const x = (figure: number): number => LEFT + axis.at(figure) * (WIDTH - LEFT - RIGHT);
  const y = (row: number): number => TOP + ROW * (row + 0.5);
  const bottom = TOP + ROW * works.length;
  return drawing(WIDTH, bottom + 50, title, [
    words(16, 26, title, { size: 16 }),
    ...legend(series, 24, 52),
    ...axis.ticks.flatMap((tick) => [
      line(x(tick), TOP, x(tick), bottom, GRID),
      words(x(tick), bottom + 18, String(tick), { anchor: 'middle', size: 11 }),
    ]),
    words((LEFT + WIDTH - RIGHT) / 2, bottom + 38, unit, { anchor: 'middle', size: 11 }),
    ...works.flatMap((work, row) => [
      line(LEFT, y(row), WIDTH - RIGHT, y(row), GRID),
      words(LEFT - 10, y(row) + 4, work, { anchor: 'end' }),
    ]),
    ...series.flatMap(({ name, figures }, index) =>
      figures.flatMap((figure, row) =>
        figure !== undefined && figure > 0
          ? [dot(x(figure), y(row), colourOf(index), `${works[row] ?? ''}, ${name}: ${told(figure)}`)]
          : [],
      ),
    ),
  ]);
}
