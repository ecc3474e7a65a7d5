import { createHash } from 'node:crypto';
import type { Realm } from '../realm/realm.js';
import type { Clock } from '../shared/clock.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { checkProof, type DpopProof, type ProofProblem, type ProvenRequest } from './dpop-proof.js';
import type { SingleUseStore } from './single-use.js';

/** Takes DPoP proofs, each once (RFC 9449 section 11.1). */
export class DpopProofs {
  constructor(
    private readonly singleUse: SingleUseStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks a proof and uses it up, on all nodes.
   * @param text value of the `DPoP` header
   * @param jkt key that has to have made it; any when absent. Another one leaves the proof unused
   */
  async use(
    realm: Pick<Realm, 'id'>,
    text: string | undefined,
    request: ProvenRequest,
    jkt?: string,
  ): Promise<DpopProof | ProofProblem> {
    const proof = await checkProof(text, request, this.clock.seconds());
    if ('problem' in proof) return proof;
    if (jkt !== undefined && proof.jkt !== jkt) return { problem: "DPoP confirmation doesn't match DPoP proof" };
    const first = await this.unitOfWork.run(() =>
      this.singleUse.take(realm.id, nameOf(proof), this.clock.now(), proof.overAt * 1000),
    );
    return first ? proof : { problem: 'DPoP proof has already been used' };
  }
}

/** Of one key and one address: nobody can use up an id for somebody else. */
const nameOf = ({ jkt, htu, jti }: DpopProof): string =>
  `dpop:${createHash('sha256')
    .update(JSON.stringify([jkt, htu, jti]))
    .digest('base64url')}`;
