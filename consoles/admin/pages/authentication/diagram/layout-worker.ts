import type { FlowGraph } from './flow-graph.js';
import { layOut } from './flow-layout.js';

// A long flow takes a while: the page can be used meanwhile.
onmessage = ({ data }: MessageEvent<FlowGraph>) => postMessage(layOut(data));
