import type { ReactNode } from 'react';
import { useLocale } from '../i18n/locale.js';
import { durationText } from './duration.js';

/** A duration in words: `30 min`. */
export function Duration({ seconds }: { readonly seconds: number }): ReactNode {
  const { locale } = useLocale();
  return durationText(seconds, locale);
}
