import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Realm } from '../realm/realm.js';
import type { AccessTokenCheck, AccessTokenVerifier } from '../tokens/access-token-verifier.js';
import { DPOP_ALGORITHMS } from '../tokens/dpop-proof.js';
import { realmParameter } from './header-text.js';
import type { PresentedToken } from './presented-token.js';
import type { PublicUrl } from './public-url.js';
import type { PossessionProblem, TokenPossession } from './token-possession.js';

export type PresentedCheck =
  AccessTokenCheck | { readonly kind: 'invalid'; readonly reason: 'possession'; readonly description: string };

/** Decides for every door whether the access token of a request is good, and good for who sends it. */
export class AccessTokens {
  constructor(
    private readonly verifier: AccessTokenVerifier,
    private readonly possession: TokenPossession,
    private readonly publicUrl: PublicUrl,
  ) {}

  /**
   * Everything `AccessTokenVerifier` asks; then that the sender holds what the token is bound to. Where that is the matter, the reply
   * gets its challenge (RFC 9449 section 7.1), which the door leaves as it is.
   */
  async verify(
    realm: Realm,
    presented: PresentedToken,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<PresentedCheck> {
    const checked = await this.verifier.verify(realm, presented.text, this.publicUrl.issuer(request, realm.name));
    if (checked.kind === 'invalid') {
      if (presented.scheme === 'DPoP') challenge(reply, realm, INVALID);
      return checked;
    }
    const problem = await this.possession.problem(realm, checked, presented, request);
    if (!problem) return checked;
    challenge(reply, realm, problem);
    return { kind: 'invalid', reason: 'possession', description: problem.description };
  }
}

const INVALID: PossessionProblem = { about: 'key', error: 'invalid_token', description: 'Token verification failed' };

function challenge(reply: FastifyReply, realm: Realm, { about, error, description }: PossessionProblem): void {
  const said = `${realmParameter(realm.name)}, error="${error}", error_description="${description}"`;
  const scheme = about === 'key' ? `DPoP ${said}, algs="${DPOP_ALGORITHMS.join(' ')}"` : `Bearer ${said}`;
  void reply.header('www-authenticate', scheme);
}
