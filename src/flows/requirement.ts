import { REQUIREMENTS } from '../engine/index.js';
import type { Requirement } from '../engine/index.js';
import { flowErrors } from './flow-errors.js';

/** @throws InvalidInputError `requirement_unknown` */
export function requireRequirement(value: string | undefined): Requirement {
  const requirement = REQUIREMENTS.find((candidate) => candidate === value);
  if (requirement === undefined) throw flowErrors.requirementUnknown();
  return requirement;
}
