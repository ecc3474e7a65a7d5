import type { AuthenticatorRegistry } from './authenticator-registry.js';
import type { IsCondition } from './requirement-rules.js';

/**
 * Tells conditions from steps. An unknown provider whose id looks like a condition counts as one: asking it is an error then,
 * while counting it as a step would make its CONDITIONAL sub-flow disappear without a word.
 */
export const isCondition =
  (registry: Pick<AuthenticatorRegistry, 'find'>): IsCondition =>
  (authenticator) => {
    const registered = registry.find(authenticator);
    return registered === undefined
      ? authenticator.startsWith('conditional-')
      : registered.descriptor.kind === 'condition';
  };
