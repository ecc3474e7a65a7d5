import type { Outcome } from './outcome.js';

/** Watches steps of logins, for metrics and traces. It changes nothing: it gives what the work gives and throws what it throws. */
export abstract class StepObserver {
  /**
   * A step that is asked, or answers a posted form.
   * @param provider id of the authenticator
   */
  abstract step(provider: string, work: () => Promise<Outcome>): Promise<Outcome>;
}
