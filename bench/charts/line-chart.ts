import { logAxis } from './log-axis.js';
import { colourOf, drawable, GRID, legend, told, type Series } from './series.js';
import { dot, drawing, line, path, words } from './svg.js';

const WIDTH = 1000;
const HEIGHT = 420;
const LEFT = 70;
const RIGHT = 40;
const TOP = 90;
const BOTTOM = 60;

/** A line for each series over steps that stand in their order, on a logarithmic axis: a flat line is a cost that does not grow. */
export function lineChart(
  title: string,
  axes: { readonly across: string; readonly up: string },
  steps: readonly string[],
  series: readonly Series[],
): string {
  const axis = logAxis(drawable(series));
  const x = (step: number): number => LEFT + (WIDTH - LEFT - RIGHT) * (step / Math.max(1, steps.length - 1));
  const y = (figure: number): number => HEIGHT - BOTTOM - axis.at(figure) * (HEIGHT - TOP - BOTTOM);
  return drawing(WIDTH, HEIGHT, title, [
    words(16, 26, title, { size: 16 }),
    ...legend(series, 24, 52),
    words(16, TOP - 14, axes.up, { size: 11 }),
    ...axis.ticks.flatMap((tick) => [
      line(LEFT, y(tick), WIDTH - RIGHT, y(tick), GRID),
      words(LEFT - 8, y(tick) + 4, String(tick), { anchor: 'end', size: 11 }),
    ]),
    ...steps.map((step, index) => words(x(index), HEIGHT - BOTTOM + 20, step, { anchor: 'middle', size: 11 })),
    words((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, axes.across, { anchor: 'middle', size: 11 }),
    ...series.flatMap(({ name, figures }, index) => {
      const known = figures.flatMap((figure, step) => (figure !== undefined && figure > 0 ? [{ figure, step }] : []));
      return [
        path(
          known.map(({ figure, step }) => [x(step), y(figure)] as const),
          colourOf(index),
        ),
        ...known.map(({ figure, step }) =>
          dot(x(step), y(figure), colourOf(index), `${steps[step] ?? ''}, ${name}: ${told(figure)}`),
        ),
      ];
    }),
  ]);
}
