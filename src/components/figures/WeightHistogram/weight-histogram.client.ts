import { draw, part, write } from '../figure-dom.ts';
import {
  binsPath,
  histogramRows,
  histogramTexts,
  teethPath,
  toothWidth,
  type HistogramLayer,
} from './weight-histogram.ts';

/** Starts the histogram of the real weights: a choice of layer and a slider of bits. */
export function start(root: HTMLElement): void {
  const layers = JSON.parse(part(root, 'data').textContent) as HistogramLayer[];
  const layerControl = part<HTMLSelectElement>(root, 'layer');
  const bitsControl = part<HTMLInputElement>(root, 'bits-control');

  const show = (): void => {
    const layer = layers[Number(layerControl.value)]!;
    const width = layer.widths.find(({ bits }) => bits === Number(bitsControl.value))!;
    draw(root, 'bins', { d: binsPath(layer.bins) });
    draw(root, 'teeth', { d: teethPath(width.counts), 'stroke-width': toothWidth(width.counts) });
    const { scale: _scale, ...texts } = histogramTexts(layer, width);
    for (const [name, text] of Object.entries(texts)) write(root, name, text);
    const lines = part(root, 'rows').querySelectorAll('tr');
    histogramRows(layer).forEach((cells, line) => {
      cells.forEach((cell, i) => {
        lines[line]!.children[i]!.textContent = cell;
      });
    });
  };

  layerControl.addEventListener('change', show);
  bitsControl.addEventListener('input', show);
  show();
}
