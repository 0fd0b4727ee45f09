import type { ImageItem, TensorItem } from '../../runtime/protocol.ts';
import { make } from '../live/dom.ts';
import { onThemeChange, tokenColours } from '../live/theme-colours.ts';
import type { Rgb } from '../live/theme-colours.ts';
import { foldedTable } from './data-table.ts';
import { formatNumber } from './format-number.ts';
import { visibleText } from './visible-text.ts';

const mix = (from: Rgb, to: Rgb, share: number): Rgb => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
];

/**
 * The colour of a value. When the values have both signs, zero is the paper and each sign has its
 * hue, on one scale; otherwise the least value is the paper and the greatest the ink.
 */
const colourScale = ({ min, max }: TensorItem): ((value: number) => Rgb) => {
  const colours = tokenColours(['--paper-raised', '--ink', '--plot-1', '--plot-2']);
  const paper = colours['--paper-raised'];
  if (min < 0 && max > 0) {
    const largest = Math.max(-min, max);
    return (value) =>
      mix(
        paper,
        colours[value < 0 ? '--plot-2' : '--plot-1'],
        Math.min(1, Math.abs(value) / largest),
      );
  }
  const span = max - min || 1;
  return (value) => mix(paper, colours['--ink'], (value - min) / span);
};

const paintTensor = (canvas: HTMLCanvasElement, item: TensorItem): void => {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const colourOf = colourScale(item);
  const { '--attention': missing } = tokenColours(['--attention']);
  const image = context.createImageData(item.cols, item.rows);
  for (let index = 0; index < item.values.length; index++) {
    const value = item.values[index]!;
    image.data.set(Number.isFinite(value) ? colourOf(value) : missing, index * 4);
    image.data[index * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
};

/** Small pictures are enlarged by whole pixels, and none is wider than its column. */
const makeCanvas = (width: number, height: number, description: string): HTMLCanvasElement => {
  const canvas = make('canvas', { width, height, className: 'hw-raster' });
  const zoom = Math.max(1, Math.floor(Math.min(320 / width, 280 / height)));
  canvas.style.width = `${width * zoom}px`;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', description);
  return canvas;
};

const caption = (title: string | undefined): Node[] =>
  title === undefined ? [] : [make('figcaption', { textContent: visibleText(title) })];

const largestTable = 32;

/** A tensor as a heat map, with its numbers in a line and, when there are few, in a table. */
export const tensorFigure = (item: TensorItem): HTMLElement => {
  const shape = item.shape.join(' × ') || 'scalar';
  const summary = `shape ${shape}, ${item.dtype}; min ${formatNumber(item.min)}, mean ${formatNumber(item.mean)}, max ${formatNumber(item.max)}`;
  const canvas = makeCanvas(
    item.cols,
    item.rows,
    `Heat map: ${visibleText(item.title ?? 'tensor')}, ${summary}`,
  );
  paintTensor(canvas, item);
  onThemeChange(() => {
    if (canvas.isConnected) paintTensor(canvas, item);
  });
  const rows = Math.min(item.rows, largestTable);
  const cols = Math.min(item.cols, largestTable);
  const part = rows < item.rows || cols < item.cols ? ` (first ${rows} × ${cols})` : '';
  return make('figure', { className: 'hw-item' }, [
    ...caption(item.title),
    canvas,
    make('p', { className: 'hw-note', textContent: visibleText(summary) }),
    foldedTable(`The numbers${part}`, () => ({
      columns: ['', ...Array.from({ length: cols }, (_, col) => String(col))],
      rows: Array.from({ length: rows }, (_, row) => [
        String(row),
        ...item.values.slice(row * item.cols, row * item.cols + cols),
      ]),
    })),
  ]);
};

/** A picture that a program drew. */
export const imageFigure = (item: ImageItem): HTMLElement => {
  const canvas = makeCanvas(
    item.width,
    item.height,
    `Picture: ${visibleText(item.title ?? 'untitled')}, ${item.width} × ${item.height} pixels`,
  );
  const pixels = new Uint8ClampedArray(item.pixels);
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, item.width, item.height), 0, 0);
  return make('figure', { className: 'hw-item' }, [...caption(item.title), canvas]);
};
