/** Where a console is served, read from its own address: nothing has to be told to it. */
export interface ConsoleAddress {
  /** Where browsers find the server: origin and path prefix, without a slash at its end. */
  readonly server: string;
  /** Realm in which the person signs in. */
  readonly realm: string;
  /** Path of the console, without a slash at its end. */
  readonly basename: string;
  /** The console's first page, and where logins come back to. */
  readonly home: string;
}

/**
 * @param pattern path of the console with one group for the prefix and one for the realm
 * @throws Error for an address that no console has
 */
function read(location: Pick<Location, 'origin' | 'pathname'>, pattern: RegExp): ConsoleAddress {
  const [basename, prefix, realm] = pattern.exec(location.pathname) ?? [];
  if (basename === undefined || realm === undefined) throw new Error(`No console lives at ${location.pathname}`);
  return {
    server: `${location.origin}${prefix ?? ''}`,
    realm: decodeURIComponent(realm),
    basename,
    home: `${location.origin}${basename}/`,
  };
}

/** Of the admin console, `<prefix>/admin/<realm>/console`. @throws Error elsewhere */
export const adminConsoleAddress = (location: Pick<Location, 'origin' | 'pathname'>): ConsoleAddress =>
  read(location, /^(.*?)\/admin\/([^/]+)\/console/);

/** Of the account console, `<prefix>/realms/<realm>/account`. @throws Error elsewhere */
export const accountConsoleAddress = (location: Pick<Location, 'origin' | 'pathname'>): ConsoleAddress =>
  read(location, /^(.*?)\/realms\/([^/]+)\/account/);
