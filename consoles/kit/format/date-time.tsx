import { useState, type ReactNode } from 'react';
import { useLocale } from '../i18n/locale.js';

const STEPS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** `3 hours ago`, `in 5 minutes`. @param at milliseconds @param now milliseconds */
export function relativeText(at: number, now: number, locale: string): string {
  const seconds = Math.round((at - now) / 1000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const step = STEPS.find(([, length]) => Math.abs(seconds) >= length);
  return step ? format.format(Math.trunc(seconds / step[1]), step[0]) : format.format(0, 'second');
}

/** A moment in the person's language and time zone. @param at milliseconds */
export function DateTime({ at, relative = false }: { readonly at: number; readonly relative?: boolean }): ReactNode {
  const { locale } = useLocale();
  // When it was first shown: what it says stays while one reads.
  const [now] = useState(Date.now);
  const date = new Date(at);
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(date);
  const short = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
  return (
    <time dateTime={date.toISOString()} title={full}>
      {relative ? relativeText(at, now, locale) : short}
    </time>
  );
}
