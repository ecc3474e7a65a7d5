/** A session as the account API tells of it; times are seconds. */
export interface LoginSession {
  readonly id: string;
  readonly ipAddress: string;
  readonly started: number;
  readonly lastAccess: number;
  readonly expires: number;
  readonly browser: string;
  readonly current?: boolean;
  readonly clients: readonly { readonly clientId: string; readonly clientName: string }[];
}

/** Sessions on what seems to be one device. */
export interface LoginDevice {
  readonly os: string;
  readonly osVersion: string;
  readonly device: string;
  readonly mobile: boolean;
  readonly sessions: readonly LoginSession[];
}

/** A session with the device it is on. */
export interface PlacedSession extends LoginSession {
  readonly device: Omit<LoginDevice, 'sessions'>;
}

/** What servers say for a part that no browser told. */
const UNKNOWN = new Set(['Other', 'Unknown', 'Other/Unknown']);

/** A part of a device in words; undefined for one that nobody knows. `Firefox/121.0` is `Firefox 121`. */
export function known(part: string): string | undefined {
  if (UNKNOWN.has(part)) return undefined;
  const [name = '', version = ''] = part.split('/');
  const major = version.split('.')[0] ?? '';
  return UNKNOWN.has(version) || major === '' ? name : `${name} ${major}`;
}

/** `Windows 10`; without the version where none is known. */
export function systemText({ os, osVersion }: Pick<LoginDevice, 'os' | 'osVersion'>): string | undefined {
  const name = known(os);
  return name === undefined ? undefined : [name, known(osVersion.replaceAll('/', ' '))].filter(Boolean).join(' ');
}

/** All sessions, the one of this browser first, then by their last use. */
export const placed = (devices: readonly LoginDevice[]): readonly PlacedSession[] =>
  devices
    .flatMap(({ sessions, ...device }) => sessions.map((session) => ({ ...session, device })))
    .sort((a, b) => Number(b.current ?? false) - Number(a.current ?? false) || b.lastAccess - a.lastAccess);
