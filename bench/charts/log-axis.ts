/** A logarithmic axis: equal distances are equal ratios. */
export interface LogAxis {
  /** Where round figures are, rising. */
  readonly ticks: readonly number[];
  /** Part of the way from the begin to the end at which a figure lies, 0 to 1. */
  at(figure: number): number;
}

/** Round figures around all of the given ones, which are above 0. */
export function logAxis(figures: readonly number[]): LogAxis {
  const [least, most] = [Math.min(...figures), Math.max(...figures)];
  const round = [-3, -2, -1, 0, 1, 2, 3, 4, 5].flatMap((power) => [1, 2, 5].map((step) => step * 10 ** power));
  const from = round.findLast((tick) => tick <= least) ?? least;
  const to = round.find((tick) => tick >= most && tick > from) ?? most;
  const ticks = round.filter((tick) => tick >= from && tick <= to).map((tick) => Number(tick.toPrecision(1)));
  const span = Math.log(to / from);
  return { ticks, at: (figure) => Math.log(figure / from) / span };
}
