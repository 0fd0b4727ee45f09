import { draw, part } from '../figure-dom.ts';
import { clipDrawing, clipRows, type ClipLayer } from './clip-tradeoff.ts';

/** Starts the figure of the clip: a layer, a width, and a clip that can be dragged on the drawing. */
export function start(root: HTMLElement): void {
  const layers = JSON.parse(part(root, 'data').textContent) as ClipLayer[];
  const layerControl = part<HTMLSelectElement>(root, 'layer');
  const bitsControl = part<HTMLInputElement>(root, 'bits-control');
  const clipControl = part<HTMLInputElement>(root, 'clip-control');
  const plot = part<SVGSVGElement>(root, 'plot');

  const show = (): void => {
    const layer = layers[Number(layerControl.value)]!;
    const width = layer.widths.find(({ bits }) => bits === Number(bitsControl.value))!;
    const { attributes, texts } = clipDrawing(layer, width, Number(clipControl.value) - 1);
    for (const [name, values] of Object.entries(attributes)) draw(root, name, values);
    for (const [name, text] of Object.entries(texts)) {
      const place = part(root, name);
      // The status is spoken: it is written only when it has changed.
      if (place.textContent !== text) place.textContent = text;
    }
    const lines = part(root, 'rows').querySelectorAll('tr');
    clipRows(layer).forEach((cells, line) => {
      cells.forEach((cell, i) => {
        lines[line]!.children[i]!.textContent = cell;
      });
    });
  };

  const follow = (event: PointerEvent): void => {
    const { left, width } = plot.getBoundingClientRect();
    clipControl.value = String(
      Math.round(((event.clientX - left) / width) * Number(clipControl.max)),
    );
    show();
  };
  plot.addEventListener('pointerdown', (event) => {
    plot.setPointerCapture(event.pointerId);
    follow(event);
  });
  plot.addEventListener('pointermove', (event) => {
    if (plot.hasPointerCapture(event.pointerId)) follow(event);
  });
  layerControl.addEventListener('change', show);
  for (const control of [bitsControl, clipControl]) control.addEventListener('input', show);

  show();
}
