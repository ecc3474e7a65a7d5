import type { PendingLogin } from './pending-login.js';

type Named = Pick<PendingLogin, 'rootHash' | 'tabId'> & { readonly request: Pick<PendingLogin['request'], 'clientId'> };

/** Names a login in the link of a mail (claim `asid`). It holds the hash of the browser's secret and so grants nothing. */
export const loginIdOf = ({ rootHash, tabId, request }: Named): string =>
  Buffer.from([rootHash, tabId, request.clientId].join('.')).toString('base64url');

/** Browser and tab of a name; undefined for one that is none. */
export function readLoginId(id: string | undefined): Pick<PendingLogin, 'rootHash' | 'tabId'> | undefined {
  const [rootHash, tabId, clientId, ...more] = Buffer.from(id ?? '', 'base64url')
    .toString()
    .split('.');
  return rootHash && tabId && clientId && more.length === 0 ? { rootHash, tabId } : undefined;
}
