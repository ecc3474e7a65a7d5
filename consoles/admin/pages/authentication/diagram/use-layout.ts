import { useEffect, useState } from 'react';
import type { FlowGraph } from './flow-graph.js';
import type { FlowLayout } from './flow-layout.js';

/** A graph with its layout. */
export interface LaidOut {
  readonly graph: FlowGraph;
  readonly layout: FlowLayout;
}

/** Lays out a graph beside the page. Until that is done: the graph before it; undefined for the first. */
export function useLayout(graph: FlowGraph): LaidOut | undefined {
  const [done, setDone] = useState<LaidOut>();
  useEffect(() => {
    const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<FlowLayout>) => setDone({ graph, layout: data });
    worker.postMessage(graph);
    return () => worker.terminate();
  }, [graph]);
  return done;
}
