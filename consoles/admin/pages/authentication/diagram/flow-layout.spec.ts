import { describe, expect, it } from 'vitest';
import type { FlowGraph, GraphNode } from './flow-graph.js';
import { layOut, type Point } from './flow-layout.js';

const step = (id: string, group?: string): GraphNode => ({
  id,
  kind: 'step',
  name: id,
  ...(group !== undefined && { group }),
});

describe('the picture of a flow', () => {
  const graph: FlowGraph = {
    nodes: [step('start'), step('cookie'), step('form', 'forms'), step('cap', 'forms'), step('passed'), step('failed')],
    groups: [
      { id: 'forms', name: 'forms' },
      { id: 'outer', name: 'nothing runs in it' },
      { id: 'inner', name: 'nor in it', parent: 'outer' },
    ],
    edges: [
      { from: 'start', to: 'cookie', on: 'begins' },
      { from: 'cookie', to: 'passed', on: 'passes' },
      { from: 'cookie', to: 'form', on: 'otherwise' },
      { from: 'form', to: 'cap', on: 'passes' },
      { from: 'form', to: 'failed', on: 'otherwise' },
      { from: 'cap', to: 'passed', on: 'passes' },
      { from: 'cap', to: 'failed', on: 'otherwise' },
    ],
  };
  const { places, edges, bounds } = layOut(graph);

  it('goes from top to bottom, and steps stand within their sub-flow', () => {
    const bottomOf = (id: string): number => (places[id]?.y ?? NaN) + (places[id]?.height ?? NaN);
    expect(bottomOf('start')).toBeLessThan(places['cookie']?.y ?? NaN);
    expect(bottomOf('cookie')).toBeLessThan(places['forms']?.y ?? NaN);
    expect(bottomOf('forms')).toBeLessThan(places['passed']?.y ?? NaN);
    expect(places['form']?.y).toBeGreaterThan(0);
    expect(bottomOf('cap')).toBeLessThan(places['forms']?.height ?? NaN);
  });

  it('leads lines, and their words, around the steps that they do not belong to', () => {
    const groupOf = new Map(graph.nodes.map(({ id, group }) => [id, group]));
    const corner = (id: string, side: 'x' | 'y'): number =>
      (places[id]?.[side] ?? NaN) +
      (groupOf.get(id) === undefined ? 0 : (places[groupOf.get(id) ?? '']?.[side] ?? NaN));
    const holds = (id: string, { x, y }: Point): boolean =>
      x > corner(id, 'x') && x < corner(id, 'x') + 190 && y > corner(id, 'y') && y < corner(id, 'y') + 44;
    for (const { from, to, points, words } of edges) {
      const between = points.slice(1).flatMap((end, index) => {
        const start = points[index] ?? end;
        return Array.from({ length: 50 }, (_, step) => ({
          x: start.x + ((end.x - start.x) * step) / 50,
          y: start.y + ((end.y - start.y) * step) / 50,
        }));
      });
      const strangers = graph.nodes.filter(({ id }) => id !== from && id !== to && places[id] !== undefined);
      for (const { id } of strangers)
        expect([...between, ...(words ? [words] : [])].filter((point) => holds(id, point))).toEqual([]);
      expect(between.length).toBeGreaterThan(0);
      const isOutside = ({ x, y }: Point): boolean =>
        x < bounds.x || x > bounds.x + bounds.width || y < bounds.y || y > bounds.y + bounds.height;
      expect(points.filter(isOutside)).toEqual([]);
    }
    expect(edges.filter(({ words }) => words).map(({ on }) => on)).toEqual(['otherwise']);
  });

  it('has no line for a step that ends the login when it fails, and no sub-flow in which nothing runs', () => {
    expect(edges.filter(({ to }) => to === 'failed')).toEqual([]);
    expect(Object.keys(places).toSorted()).toEqual(['cap', 'cookie', 'form', 'forms', 'passed', 'start']);
  });

  it('shows the end of a login that a condition keeps out', () => {
    const kept = { from: 'cookie', to: 'failed', on: 'fails' } as const;
    const drawn = layOut({ ...graph, edges: [...graph.edges, kept] });
    expect(drawn.places).toHaveProperty('failed');
    expect(drawn.edges.filter(({ to }) => to === 'failed')).toMatchObject([kept]);
  });
});
