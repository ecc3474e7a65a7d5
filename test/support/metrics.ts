/** Samples of an answer in the text format of Prometheus, and the names it declares. */
export class Metrics {
  private readonly samples: ReadonlyMap<string, number>;
  /** Names of metrics, those without samples too. */
  readonly names: ReadonlySet<string>;

  private constructor(text: string) {
    const lines = text.split('\n');
    this.names = new Set(lines.flatMap((line) => /^# TYPE (\S+)/.exec(line)?.[1] ?? []));
    this.samples = new Map(
      lines.flatMap((line) => {
        const [, sample, value] = /^([^#\s].*) (\S+)$/.exec(line) ?? [];
        return sample === undefined ? [] : [[sample, Number(value)] as const];
      }),
    );
  }

  static async of(managementUrl: string): Promise<Metrics> {
    return new Metrics(await (await fetch(`${managementUrl}/metrics`)).text());
  }

  /** The sum of the samples whose name and labels all these texts are part of. */
  sum(name: string, ...labels: readonly string[]): number {
    let sum = 0;
    for (const [sample, value] of this.samples) {
      if ((sample === name || sample.startsWith(`${name}{`)) && labels.every((label) => sample.includes(label)))
        sum += value;
    }
    return sum;
  }
}
