import type { DatabaseName } from './place.js';

/** A way to run the server. */
export interface Deployment {
  readonly title: string;
  readonly database: DatabaseName;
  /** Processes behind the one port. */
  readonly workers: number;
}

/** What is measured, by the name of the option. */
export const DEPLOYMENTS = {
  sqlite: { title: 'SQLite', database: 'sqlite', workers: 1 },
  postgres: { title: 'PostgreSQL', database: 'postgres', workers: 1 },
  'postgres-workers': { title: 'PostgreSQL, 2 workers', database: 'postgres', workers: 2 },
} as const satisfies Readonly<Record<string, Deployment>>;

export type DeploymentName = keyof typeof DEPLOYMENTS;

/** @throws RangeError for a deployment that is not known */
export function deploymentNamed(name: string): DeploymentName {
  if (Object.hasOwn(DEPLOYMENTS, name)) return name as DeploymentName;
  throw new RangeError(`--deployment must be one of ${Object.keys(DEPLOYMENTS).join(', ')}: ${name}`);
}
