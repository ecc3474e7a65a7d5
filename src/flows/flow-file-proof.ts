import { compileFlow, proveFlow } from '../engine/index.js';
import type { AuthenticatorRegistry, FlowProof } from '../engine/index.js';
import { newId } from '../shared/secrets.js';
import { rowsOfFile } from './built-in-flows.js';
import { definitionOf } from './flow-catalog.js';
import { checkFlowFiles } from './flow-file-checks.js';
import { parseFlowFile } from './flow-file-parser.js';
import type { FlowFileProblem } from './flow-file-claims.js';
import type { FlowFile } from './flow-file.js';
import { claimInWords } from './proof-words.js';

/** What the four steps (shape, meaning, machine, proof) say of a flow file. */
export interface FlowFileVerdict {
  /** Absent when the file cannot be used: `errors` says why. */
  readonly file?: FlowFile;
  readonly errors: readonly FlowFileProblem[];
  readonly warnings: readonly FlowFileProblem[];
  /** Absent where there is no flow to prove, or one of another kind than logins take. */
  readonly proof?: FlowProof;
  /** True when it names steps that are listed and not built yet: they stand aside, and the proof is about what is left. */
  readonly unfinished: boolean;
  /** The claims of the proof in words, with the login that refutes one. */
  readonly claims: readonly { readonly verdict: string; readonly sentence: string }[];
}

/** Checks the text of a flow file by itself. @param name of the file, for messages. Never throws. */
export function verifyFlowFile(name: string, text: string, registry: AuthenticatorRegistry): FlowFileVerdict {
  const parsed = parseFlowFile(text);
  if (parsed.kind === 'refused') {
    return {
      errors: parsed.problems.map((problem) => ({ file: name, ...problem })),
      warnings: [],
      unfinished: false,
      claims: [],
    };
  }
  const { file } = parsed;
  const { errors, warnings } = checkFlowFiles([{ name, file }], registry, { complete: false });
  if (errors.length > 0) return { errors, warnings, unfinished: false, claims: [] };
  const rows = rowsOfFile(file, { realmId: 'file', master: false, position: 0 }, newId);
  const unfinished = rows.executions.some(
    ({ authenticator = '' }) => registry.find(authenticator)?.descriptor.available === false,
  );
  const definition = rows.flows[0] && definitionOf(rows, rows.flows[0].id);
  if (file.providerId !== 'basic-flow' || !definition) return { file, errors, warnings, unfinished, claims: [] };
  const compiled = compileFlow(definition, registry);
  const channel = file.bindsTo === 'directGrantFlow' ? 'direct' : 'browser';
  const proof = proveFlow(compiled, registry, { channel });
  const claims = proof.claims.map((claim) => ({
    verdict: claim.verdict,
    sentence: claimInWords(claim, compiled, registry),
  }));
  return { file, errors, warnings, unfinished, proof, claims };
}
