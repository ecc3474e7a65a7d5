import type { ClientSession } from '../sessions/user-session.js';
import type { CheckedClaims } from './jwt.js';

/**
 * Place of a refresh token in its chain. `reuseId` names the chain (one per authorization, only in realms that rotate);
 * `generation` counts the refreshes before it.
 */
export interface Rotation {
  readonly reuseId?: string;
  readonly generation: number;
}

export type RotationStep =
  | { readonly kind: 'next'; readonly refresh: ClientSession['refresh']; readonly next: Rotation }
  /** A newer token of the chain was used already. */
  | { readonly kind: 'stale' }
  /** Used more often than the realm allows: a thief or a lost answer; the client's part of the session ends. */
  | { readonly kind: 'reused' };

/** Chain of tokens that carry none (issued before the realm rotated). */
const NO_CHAIN = '';

/**
 * What using a refresh token does to the chain it belongs to (Keycloak engine reference 7.5; RFC 9700 section 4.14.2). Pure.
 *
 * Keycloak tells old from new by the second of issue, so that a token replayed within the second of a later refresh passes there. The
 * generation has no such gap.
 * @param refresh state kept in the client session: per chain the last used token, its generation and its uses
 * @param maxReuse further uses allowed of the last used token
 */
export function rotate(refresh: ClientSession['refresh'], token: CheckedClaims, maxReuse: number): RotationStep {
  const { reuseId, generation } = rotationOf(token);
  const chain = reuseId ?? NO_CHAIN;
  const last = Object.hasOwn(refresh, chain) ? refresh[chain] : undefined;
  if (last && last.id !== token.jti && generation <= last.generation) return { kind: 'stale' };
  const uses = last?.id === token.jti ? last.uses : 0;
  if (uses > Math.max(0, maxReuse)) return { kind: 'reused' };
  return {
    kind: 'next',
    refresh: { ...refresh, [chain]: { id: token.jti, generation, uses: uses + 1 } },
    next: { generation: generation + 1, reuseId: chain },
  };
}

function rotationOf(token: CheckedClaims): Rotation {
  const { reuse_id: reuseId, reuse_generation: generation } = token.all;
  return {
    generation: typeof generation === 'number' ? generation : 0,
    ...(typeof reuseId === 'string' ? { reuseId } : {}),
  };
}
