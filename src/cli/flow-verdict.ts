import type { FlowFileVerdict } from '../flows/flow-file-proof.js';
import type { JsonObject } from '../shared/json.js';

/** False for a file with errors, or whose proof fails or is not known. */
export const isSound = ({ errors, proof }: FlowFileVerdict): boolean =>
  errors.length === 0 && (proof === undefined || proof.verdict === 'green');

export const verdictAsJson = (name: string, verdict: FlowFileVerdict): JsonObject => ({
  file: name,
  sound: isSound(verdict),
  ...(verdict.proof && { proof: verdict.proof.verdict }),
  unfinished: verdict.unfinished,
  claims: verdict.claims.map((claim) => ({ ...claim })),
  errors: verdict.errors.map((problem) => ({ ...problem })),
  warnings: verdict.warnings.map((problem) => ({ ...problem })),
});

/** One line for the file, and one for each thing to know. */
export const verdictInWords = (name: string, verdict: FlowFileVerdict): readonly string[] => [
  `${isSound(verdict) ? 'ok  ' : 'FAIL'} ${name}${verdict.proof ? ` (proof ${verdict.proof.verdict})` : ''}`,
  ...(verdict.unfinished ? ['     It names steps that are not built yet: they stand aside.'] : []),
  ...verdict.errors.map(({ path, message }) => `     error ${path}: ${message}`),
  ...verdict.claims.filter(({ verdict: said }) => said !== 'holds').map(({ sentence }) => `     ${sentence}`),
  ...verdict.warnings.map(({ path, message }) => `     note ${path}: ${message}`),
];
