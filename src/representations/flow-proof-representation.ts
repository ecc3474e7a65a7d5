import type { AuthenticatorRegistry } from '../engine/index.js';
import type { ProvenFlow } from '../flows/flow-proofs.js';
import { claimInWords } from '../flows/proof-words.js';
import type { HeldHead } from '../flows/held-heads.js';
import type { JsonObject } from '../shared/json.js';
import { present } from './present.js';

/** The proof of a flow, each claim in words and as data; where another version runs, what differs and why it still does. */
export const toFlowProofRepresentation = (
  { flow, compiled, channel, proof, problems }: ProvenFlow,
  registry: AuthenticatorRegistry,
  held: HeldHead | undefined,
): JsonObject => ({
  ...(held && {
    running: {
      hash: held.hash,
      verdict: held.proof.verdict,
      difference: held.difference.map((change) => ({ ...change })),
      heldBack: held.reasons.map((reason) => present({ ...reason })),
    },
  }),
  alias: flow.alias,
  id: flow.id,
  hash: compiled.hash,
  channel,
  verdict: proof.verdict,
  claims: proof.claims.map((claim) =>
    present({
      id: claim.id,
      verdict: claim.verdict,
      sentence: claimInWords(claim, compiled, registry),
      counterExample: claim.counterExample?.map((move) => ({ ...move })),
      executions: claim.executions,
    }),
  ),
  problems: problems.map(({ path, code, message, severity }) => ({ path, code, message, severity })),
});
