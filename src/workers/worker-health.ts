import type { Worker } from 'node:cluster';
import { healthOf, type Health, type HealthCheck } from '../watching/health.js';
import { askWorkers, type WorkerAnswer } from '../infrastructure/worker-questions.js';
import type { HealthAnswers } from '../watching/management-pages.js';

/** The workers that a primary process watches over. */
export interface Workers {
  /** How many there shall be. */
  readonly wanted: number;
  /** Those that take requests, or have taken some. */
  listening(): readonly Worker[];
}

/**
 * How several processes behind one port are: as each says of itself. One that starts or is replaced gets no requests and is not asked,
 * so it makes nothing red; one that gives no answer does, because every so many requests it gets one.
 */
export class WorkerHealth implements HealthAnswers {
  constructor(private readonly workers: Workers) {}

  live(): Promise<Health> {
    return this.ask('live', false);
  }

  started(): Promise<Health> {
    return this.ask('started', true);
  }

  ready(): Promise<Health> {
    return this.ask('ready', true);
  }

  private async ask(question: string, isOneNeeded: boolean): Promise<Health> {
    const answers = await askWorkers<Health>(this.workers.listening(), question);
    const running = `${String(answers.length)} of ${String(this.workers.wanted)}`;
    return healthOf(
      { name: 'Processes run', status: answers.length > 0 || !isOneNeeded ? 'UP' : 'DOWN', data: { running } },
      ...answers.flatMap(checksOf),
    );
  }
}

/** A worker's checks, with its process id. */
function checksOf({ pid, value }: WorkerAnswer<Health>): readonly HealthCheck[] {
  const process = String(pid);
  if (value === undefined) return [{ name: 'Process answers', status: 'DOWN', data: { process } }];
  return value.checks.map((check) => ({ ...check, data: { process, ...check.data } }));
}
