import { useKitText } from '../kit/messages/use-kit-text.js';
import { useSession } from '../kit/shell/session-provider.js';

/** Seconds after which a login is too old for a deed that a thief of an open browser would like to do, as for `kc_action`. */
const FRESH_S = 300;

interface Proof {
  /** Whether `prove` will open a window. */
  readonly isNeeded: () => boolean;
  /** Asks who is there, unless that is known well enough. To be called in answer to a click. @throws Error in words */
  readonly prove: () => Promise<void>;
}

/** A new proof of who is there, before something grave is done in a session that is not fresh. */
export function useProof(): Proof {
  const session = useSession();
  const t = useKitText();
  return {
    isNeeded: () => session.proofAge() > FRESH_S,
    prove: () =>
      session.prove(FRESH_S).catch(() => {
        throw new Error(t('noPopup'));
      }),
  };
}
