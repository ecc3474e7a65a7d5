import { useSyncExternalStore } from 'react';

/** Light, dark, or whatever the system prefers. */
export type Theme = 'system' | 'light' | 'dark';
export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

const KEPT_AS = 'sluice.theme';
const listeners = new Set<() => void>();

const kept = (): Theme => THEMES.find((theme) => theme === localStorage.getItem(KEPT_AS)) ?? 'system';

/** Applies what this browser remembers. To be called before the first paint. */
export function applyTheme(theme: Theme = kept()): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** The theme, and how to choose another. */
export function useTheme(): readonly [theme: Theme, choose: (theme: Theme) => void] {
  const theme = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, kept);
  return [theme, choose];
}

function choose(theme: Theme): void {
  localStorage.setItem(KEPT_AS, theme);
  applyTheme(theme);
  listeners.forEach((listener) => listener());
}
