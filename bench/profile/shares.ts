/** A profile as V8 writes it (`node --cpu-prof`), as far as it is read here. Times are microseconds. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  /** Which node was at work, sample by sample, and how long after the sample before. */
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** What one part of the program took. */
export interface Share {
  readonly part: string;
  /** Of the time in which the thread was at work, 0 to 1. */
  readonly share: number;
}

/**
 * The time of the main thread by part, the largest first: a folder of `src`, a package, a module of Node, or a function of V8 or Node that has
 * no file (`writev`). A part has what is spent in its own functions, not in those it calls.
 *
 * @param lastSeconds only so much of the end in which the thread was at work; what was before warmed it up
 */
export function sharesOf({ nodes, samples, timeDeltas }: CpuProfile, lastSeconds: number): readonly Share[] {
  const parts = new Map(nodes.map(({ id, callFrame }) => [id, partOf(callFrame)]));
  const spent = new Map<string, number>();
  let total = 0;
  for (let at = samples.length - 1; at >= 0 && total < lastSeconds * 1e6; at--) {
    const part = parts.get(samples[at] ?? NaN);
    const time = timeDeltas[at] ?? 0;
    if (part === undefined) continue;
    spent.set(part, (spent.get(part) ?? 0) + time);
    total += time;
  }
  return [...spent]
    .map(([part, time]) => ({ part, share: time / total }))
    .toSorted((a, b) => b.share - a.share || (a.part < b.part ? -1 : 1));
}

/** Undefined for time in which there was nothing to do. */
function partOf({ functionName, url }: CpuProfile['nodes'][number]['callFrame']): string | undefined {
  if (functionName === '(idle)') return undefined;
  const dependency = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url);
  if (dependency?.[1] !== undefined) return dependency[1];
  const own = /\/dist\/(src\/[^/]+)/.exec(url);
  if (own?.[1] !== undefined) return own[1];
  if (url.startsWith('node:')) return url;
  return functionName === '' ? '(native)' : functionName;
}
