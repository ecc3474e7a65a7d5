import { Counter, type Registry } from 'prom-client';
import { reasonOf, StepObserver, type Outcome } from '../../engine/index.js';

export class StepMetrics extends StepObserver {
  private readonly total: Counter;

  constructor(registry: Registry) {
    super();
    this.total = new Counter({
      name: 'sluice_login_steps_total',
      help: 'Steps of logins, by what they answered and why',
      labelNames: ['step', 'outcome', 'reason'],
      registers: [registry],
    });
  }

  override async step(provider: string, work: () => Promise<Outcome>): Promise<Outcome> {
    const outcome = await work();
    this.total.inc({ step: provider, outcome: outcome.kind, reason: reasonOf(outcome) ?? '' });
    return outcome;
  }
}
