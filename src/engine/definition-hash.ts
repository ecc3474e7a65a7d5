import { createHash } from 'node:crypto';
import type { FlowDefinition } from './flow-definition.js';

/**
 * Raise it whenever the same definition compiles to another machine: logins in progress then start again instead of being
 * restored into states that mean something else.
 */
export const COMPILER_VERSION = 1;

/**
 * Identity of a flow: SHA-256 (base64url) over the canonical JSON of its definition and the compiler's version. The order of
 * members does not matter, the order of executions does.
 */
export function hashDefinition(definition: FlowDefinition): string {
  return createHash('sha256')
    .update(`${COMPILER_VERSION}:${canonicalJson(definition)}`)
    .digest('base64url');
}

/** JSON with the members of every object in one order and absent members left out. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
