import { reasonOf, StepObserver, type Outcome } from '../../engine/index.js';
import type { Spans } from './spans.js';

/** Steps of logins, by what they answered and why. */
export class StepSpans extends StepObserver {
  constructor(private readonly spans: Spans) {
    super();
  }

  override step(provider: string, work: () => Promise<Outcome>): Promise<Outcome> {
    return this.spans.within(`step ${provider}`, { attributes: { 'sluice.step': provider } }, async (span) => {
      const outcome = await work();
      span.setAttribute('sluice.outcome', outcome.kind);
      const reason = reasonOf(outcome);
      if (reason !== undefined) span.setAttribute('sluice.reason', reason);
      return outcome;
    });
  }
}
