import { Gauge, type Registry } from 'prom-client';

/** One value of a gauge, with its label. */
export interface Reading {
  readonly value: number;
  readonly state: string;
}

/** How values of several processes become one: added, or, of what all of them read from one database, the greatest. */
export type Together = 'sum' | 'max';

/** Readings by the names of the gauges. */
export type Readings<Name extends string> = Readonly<Record<Name, readonly Reading[]>>;

/**
 * Adds gauges that are read when somebody asks, all by one question. Those that cannot be read (the database is gone) have no value in
 * that answer.
 * @param gauges help texts, by name
 */
export function readAtScrape<Name extends string>(
  registry: Registry,
  gauges: Readonly<Record<Name, string>>,
  read: () => Promise<Readings<Name>> | Readings<Name>,
  together: Together = 'sum',
): void {
  let pending: Promise<Readings<Name> | undefined> | undefined;
  const ask = async (): Promise<Readings<Name> | undefined> => {
    try {
      return await read();
    } catch {
      return undefined;
    }
  };
  // The gauges of a scrape ask one after the other in the same turn, and share the answer.
  const askOnce = (): Promise<Readings<Name> | undefined> => (pending ??= ask().finally(() => (pending = undefined)));
  for (const name of Object.keys(gauges) as Name[]) {
    const gauge: Gauge = new Gauge({
      name,
      help: gauges[name],
      registers: [registry],
      labelNames: ['state'],
      aggregator: together,
      async collect() {
        const readings = (await askOnce())?.[name] ?? [];
        gauge.reset();
        for (const { value, state } of readings) gauge.set({ state }, value);
      },
    });
  }
}
