import type { Clock } from '../shared/clock.js';

/** One question about the server, in the reference's form (Keycloak's `/health`). */
export interface HealthCheck {
  readonly name: string;
  readonly status: 'UP' | 'DOWN';
  readonly data?: Readonly<Record<string, string>>;
}

export interface Health {
  readonly status: 'UP' | 'DOWN';
  readonly checks: readonly HealthCheck[];
}

/** What health is asked of. */
export interface Patient {
  /** True while the server takes requests: not yet while it starts, no more while it stops. */
  isServing(): boolean;
  /** Never throws. */
  isDatabaseAvailable(): Promise<boolean>;
}

/** Red when one of the checks is. */
export const healthOf = (...checks: readonly HealthCheck[]): Health => ({
  status: checks.every(({ status }) => status === 'UP') ? 'UP' : 'DOWN',
  checks,
});

/** Says how the server is. Red turns green by itself when the reason is gone. */
export class HealthChecks {
  private failingSince: number | undefined;

  constructor(
    private readonly patient: Patient,
    private readonly clock: Clock,
  ) {}

  /** The process runs and answers: nothing that a restart would not mend is asked. */
  live(): Health {
    return healthOf();
  }

  /** The server has come up. */
  started(): Health {
    return healthOf(this.serving());
  }

  /** Logins work here. */
  async ready(): Promise<Health> {
    return healthOf(this.serving(), await this.database());
  }

  private serving(): HealthCheck {
    return { name: 'Server takes requests', status: this.patient.isServing() ? 'UP' : 'DOWN' };
  }

  private async database(): Promise<HealthCheck> {
    const name = 'Database answers';
    if (await this.patient.isDatabaseAvailable()) {
      this.failingSince = undefined;
      return { name, status: 'UP' };
    }
    this.failingSince ??= this.clock.now();
    return { name, status: 'DOWN', data: { 'Failing since': new Date(this.failingSince).toISOString() } };
  }
}
