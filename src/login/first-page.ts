import type { Sealer } from '../shared/sealer.js';
import { constantTimeEquals } from '../shared/secrets.js';
import type { AuthorizationRequest } from './authorization-request.js';

/**
 * A login of which only the first page has been shown. Nothing is stored for it (an anonymous GET writes nothing): the page carries
 * it, sealed, and the first POST makes the row. It belongs to one browser (root) and one tab.
 */
export interface FirstPage {
  readonly request: AuthorizationRequest;
  /** Content hash of the flow the login began with. */
  readonly flowHash: string;
  /** Present when its flow is the one for forgotten credentials. */
  readonly path?: 'reset-credentials';
  readonly tabId: string;
  readonly rootHash: string;
  /** Milliseconds. */
  readonly issuedAt: number;
  /** Single sign-on session the browser had, when the login is to renew its proof. */
  readonly browserSessionId?: string;
}

const context = (realmId: string): string => `first-page:${realmId}`;

/** Seals a first page into the `session_code` of its form. */
export const sealFirstPage = (sealer: Sealer, page: FirstPage): string =>
  sealer.seal(JSON.stringify(page), context(page.request.realmId));

/** The first page in a `session_code`, if it is one of this realm, browser and tab; undefined for anything else. */
export function openFirstPage(
  sealer: Sealer,
  code: string,
  where: { readonly realmId: string; readonly rootHash: string; readonly tabId: string },
): FirstPage | undefined {
  const page = open(sealer, code, context(where.realmId)) as FirstPage | undefined;
  if (page?.tabId !== where.tabId || !constantTimeEquals(page.rootHash, where.rootHash)) return undefined;
  return page;
}

const restartContext = (realmId: string): string => `restart:${realmId}`;

/** Seals a request into the KC_RESTART cookie, from which a login that was lost begins anew. */
export const sealRestart = (sealer: Sealer, request: AuthorizationRequest): string =>
  sealer.seal(JSON.stringify(request), restartContext(request.realmId));

/** The request in a KC_RESTART cookie; undefined when it is not one of this realm. */
export const openRestart = (sealer: Sealer, cookie: string, realmId: string): AuthorizationRequest | undefined =>
  open(sealer, cookie, restartContext(realmId)) as AuthorizationRequest | undefined;

/** What was sealed by this server is of the shape it was sealed in; anything else does not open. */
function open(sealer: Sealer, sealed: string, sealingContext: string): unknown {
  try {
    return JSON.parse(sealer.open(sealed, sealingContext));
  } catch {
    return undefined;
  }
}
