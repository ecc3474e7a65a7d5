import { thousands } from '../src/proof/figures.js';
import { dotPlot } from './charts/dot-plot.js';
import { lineChart } from './charts/line-chart.js';
import type { Series } from './charts/series.js';
import type { DeploymentCosts, WorkCost } from './costs.js';

/** Name of the chart of logins by the sessions that people have already. */
export const BY_OWN_SESSIONS = 'own-sessions';

const UNIT = "CPU-ms of server and database, on the machine of Keycloak's figures";
const KEYCLOAK = 'Keycloak 26.7.4';

/** Drawings (SVG) by name: one for each deployment, and one of logins by own sessions. */
export function costCharts(costs: readonly DeploymentCosts[]): ReadonlyMap<string, string> {
  const charts = new Map<string, string>();
  for (const { name, deployment, work } of costs)
    if (work.length > 0)
      charts.set(
        name,
        dotPlot(
          `What a request costs, ${deployment.title}`,
          UNIT,
          work.map((each) => each.work),
          [
            { name: 'Sluice', figures: work.map(({ scaledMs }) => scaledMs) },
            { name: 'floor', figures: work.map(({ scaledFloorMs }) => scaledFloorMs) },
            { name: KEYCLOAK, figures: work.map(({ keycloak }) => keycloak?.totalMs) },
          ],
        ),
      );
  const first = byOwnSessions(costs[0]?.work ?? []);
  if (first.length > 0) charts.set(BY_OWN_SESSIONS, ownSessionsChart(first, costs));
  return charts;
}

function ownSessionsChart(steps: readonly WorkCost[], costs: readonly DeploymentCosts[]): string {
  const series: readonly Series[] = [
    ...costs.map(({ deployment, work }) => ({
      name: `Sluice, ${deployment.title}`,
      figures: byOwnSessions(work).map(({ scaledMs }) => scaledMs),
    })),
    { name: KEYCLOAK, figures: steps.map(({ keycloak }) => keycloak?.totalMs) },
  ];
  return lineChart(
    'A login through the limiter, by sessions that the user has',
    { across: 'own sessions', up: UNIT },
    steps.map(({ ownSessions = 0 }) => thousands(ownSessions)),
    series,
  );
}

const byOwnSessions = (work: readonly WorkCost[]): readonly WorkCost[] =>
  work.filter(({ ownSessions }) => ownSessions !== undefined);
