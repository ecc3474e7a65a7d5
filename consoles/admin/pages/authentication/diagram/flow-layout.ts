import dagre from '@dagrejs/dagre';
import type { FlowGraph, GraphEdge } from './flow-graph.js';

const WIDTH = 190;
const HEIGHT = 44;
/** Room for the words of a line, in every language. */
const WORDS = { width: 96, height: 22 };

/** Where something is drawn; its corner is told from that of the sub-flow around it. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line, and where it runs: around the steps that it does not lead to. */
export interface DrawnEdge extends GraphEdge {
  readonly points: readonly Point[];
  /** The middle of its words; a line that everybody expects has none. */
  readonly words?: Point;
}

/** What of a graph is drawn, and where: places by the ids of steps and sub-flows. Nothing else has a place in the picture. */
export interface FlowLayout {
  readonly places: Readonly<Record<string, Place>>;
  readonly edges: readonly DrawnEdge[];
  /** All of it: lines may run outside of all steps. */
  readonly bounds: Place;
}

/**
 * Lays out a graph from top to bottom. That a step ends the login when it fails is said beside the picture and not drawn: nearly every
 * step would have a line to the same end, across all others.
 */
export function layOut({ nodes, groups, edges }: FlowGraph): FlowLayout {
  const layout = new dagre.graphlib.Graph({ compound: true, multigraph: true });
  layout.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 40 });
  layout.setDefaultEdgeLabel(() => ({}));
  const drawn = edges.filter(({ on, to }) => on !== 'otherwise' || to !== 'failed');
  const isDrawn = (id: string): boolean => id !== 'failed' || drawn.some(({ to }) => to === id);
  for (const { id, parent } of groups) {
    layout.setNode(id, {});
    if (parent !== undefined) layout.setParent(id, parent);
  }
  for (const { id, group } of nodes.filter((node) => isDrawn(node.id))) {
    layout.setNode(id, { width: WIDTH, height: HEIGHT });
    if (group !== undefined) layout.setParent(id, group);
  }
  const hasWords = ({ on }: GraphEdge): boolean => on !== 'begins' && on !== 'passes';
  for (const edge of drawn)
    layout.setEdge(edge.from, edge.to, hasWords(edge) ? { ...WORDS, labelpos: 'c' } : {}, edge.on);
  // A sub-flow in which nothing runs has no place in the picture, nor one of nothing but such.
  for (const { id } of groups.toReversed()) if (layout.children(id).length === 0) layout.removeNode(id);
  dagre.layout(layout);

  const corner = (id: string): Place => {
    const { x, y, width, height } = layout.node(id) as Place;
    return { x: x - width / 2, y: y - height / 2, width, height };
  };
  const inside = (id: string): Place => {
    const place = corner(id);
    const parent = layout.parent(id);
    if (parent === undefined) return place;
    const outer = corner(parent);
    return { ...place, x: place.x - outer.x, y: place.y - outer.y };
  };
  const line = (edge: GraphEdge): DrawnEdge => {
    const { points, x, y } = layout.edge(edge.from, edge.to, edge.on) as Point & { readonly points: readonly Point[] };
    return { ...edge, points, ...(hasWords(edge) && { words: { x, y } }) };
  };
  const lines = drawn.map(line);
  return {
    places: Object.fromEntries(layout.nodes().map((id) => [id, inside(id)])),
    edges: lines,
    bounds: boundsOf([
      ...layout.nodes().flatMap((id) => {
        const { x, y, width, height } = corner(id);
        return [
          { x, y },
          { x: x + width, y: y + height },
        ];
      }),
      ...lines.flatMap(({ points }) => points),
    ]),
  };
}

function boundsOf(points: readonly Point[]): Place {
  const x = Math.min(...points.map((point) => point.x));
  const y = Math.min(...points.map((point) => point.y));
  return {
    x,
    y,
    width: Math.max(...points.map((point) => point.x)) - x,
    height: Math.max(...points.map((point) => point.y)) - y,
  };
}
