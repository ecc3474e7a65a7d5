import { AppError } from '../shared/errors.js';

/** What the system says of an address that cannot be had, in words. */
const REASONS: ReadonlyMap<unknown, string> = new Map([
  ['EADDRINUSE', 'another program listens there'],
  ['EACCES', 'this user may not listen there'],
  ['EADDRNOTAVAIL', 'this machine has no such address'],
]);

/**
 * Begins to listen.
 * @param setting the one that names the port
 * @throws AppError `address_unusable` with a sentence for the operator, where the system says why the address cannot be had
 */
export async function listening<T>(
  { host, port }: { readonly host: string; readonly port: number },
  setting: string,
  listen: () => Promise<T>,
): Promise<T> {
  try {
    return await listen();
  } catch (cause) {
    const reason = REASONS.get((cause as NodeJS.ErrnoException).code);
    if (reason === undefined) throw cause;
    throw new AppError('address_unusable', `${setting}: port ${port} of ${host} cannot be used: ${reason}`, { cause });
  }
}
