/** An element of a drawing, as text. */
export type Drawn = string;

type Attributes = Readonly<Record<string, string | number>>;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const element = (name: string, attributes: Attributes, content = ''): Drawn => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(short(value))}"`);
  return `<${name}${written.join('')}${content === '' ? '/>' : `>${content}</${name}>`}`;
};

/** A hundredth of a pixel is enough, and the same figures give the same file. */
const short = (value: string | number): string =>
  typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;

export const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, width = 1): Drawn =>
  element('line', { x1, y1, x2, y2, stroke, 'stroke-width': width });

export const path = (points: readonly (readonly [number, number])[], stroke: string): Drawn =>
  element('polyline', {
    points: points.map(([x, y]) => `${short(x)},${short(y)}`).join(' '),
    fill: 'none',
    stroke,
    'stroke-width': 2,
  });

/** With what it stands for, for those who point at it and for those who cannot see it. */
export const dot = (x: number, y: number, fill: string, says: string): Drawn =>
  element('circle', { cx: x, cy: y, r: 5, fill }, element('title', {}, escaped(says)));

export const words = (
  x: number,
  y: number,
  text: string,
  {
    anchor = 'start',
    size = 12,
    fill = '#333333',
  }: { anchor?: 'start' | 'middle' | 'end'; size?: number; fill?: string } = {},
): Drawn => element('text', { x, y, 'text-anchor': anchor, 'font-size': size, fill }, escaped(text));

/** The whole drawing, on white, so that it can be read on any page. */
export const drawing = (width: number, height: number, title: string, parts: readonly Drawn[]): string =>
  `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${short(width)} ${short(height)}`,
      width,
      height,
      role: 'img',
      'font-family': 'system-ui, sans-serif',
    },
    ['', element('title', {}, escaped(title)), element('rect', { width, height, fill: '#ffffff' }), ...parts, ''].join(
      '\n',
    ),
  )}\n`;
