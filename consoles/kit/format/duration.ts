/** Units people set lifetimes in, the largest first. */
export const DURATION_UNITS = ['day', 'hour', 'minute', 'second'] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number];

const SECONDS: Readonly<Record<DurationUnit, number>> = { day: 86_400, hour: 3_600, minute: 60, second: 1 };

export const secondsIn = (unit: DurationUnit): number => SECONDS[unit];

/** The largest unit in which a duration is a whole number; minutes for none. @param seconds not negative */
export const unitOf = (seconds: number): DurationUnit =>
  seconds === 0 ? 'minute' : (DURATION_UNITS.find((unit) => seconds % SECONDS[unit] === 0) ?? 'second');

/** A duration in words: `30 min`, `1 hr 30 min`. @param seconds negative ones count as none */
export function durationText(seconds: number, locale: string): string {
  let rest = Math.max(0, Math.round(seconds));
  const parts = DURATION_UNITS.flatMap((unit) => {
    const count = Math.floor(rest / SECONDS[unit]);
    rest -= count * SECONDS[unit];
    return count === 0 ? [] : [unitText(count, unit, locale)];
  });
  return parts.length === 0 ? unitText(0, 'second', locale) : parts.slice(0, 2).join(' ');
}

/** `5 min`. */
export const unitText = (count: number, unit: DurationUnit, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: unit === 'day' ? 'long' : 'short' }).format(count);

/** The name of a unit alone: `minutes`. */
export const unitName = (unit: DurationUnit, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })
    .formatToParts(2)
    .find(({ type }) => type === 'unit')?.value ?? unit;
