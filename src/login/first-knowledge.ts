import type { BrowserSession, CompiledFlow, InitialKnowledge } from '../engine/index.js';

/**
 * What a login knows before its flow begins: who is signed in, where the request wants a new proof and the flow looks at the cookie
 * (otherwise a new proof does not start from that user).
 */
export const firstKnowledge = (
  flow: CompiledFlow,
  session: BrowserSession | undefined,
): InitialKnowledge | undefined =>
  session?.mustReauthenticate && usesCookie(flow) ? { userId: session.userId, userFixed: true } : undefined;

const usesCookie = (flow: CompiledFlow): boolean =>
  [...flow.leaves.values()].some(({ execution }) => execution.authenticator === 'auth-cookie');
