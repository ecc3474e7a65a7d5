import type { RouteObject } from 'react-router';
import type { Locale } from '../kit/i18n/locale.js';

/** The parts of the navigation. */
export type AreaGroup = 'manage' | 'configure';

/** An entry of the navigation. */
export interface AreaEntry {
  /** In every language here, since the navigation is there before the area is loaded. */
  readonly label: Readonly<Record<Locale, string>>;
  /** Path below the realm: `users`. */
  readonly path: string;
  readonly group: AreaGroup;
  /** Admin roles of the realm, one of which is needed to see anything there; none for everybody. */
  readonly roles: readonly string[];
}

/** A part of the console with its pages. */
export interface Area {
  readonly entries: readonly AreaEntry[];
  /** Below the realm. Pages are loaded when they are visited: `lazy: async () => ({ Component: (await import('./page.js')).Page })`. */
  readonly routes: readonly RouteObject[];
}
