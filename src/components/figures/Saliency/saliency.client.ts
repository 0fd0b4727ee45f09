import { draw, part } from '../figure-dom.ts';
import { saliencyDrawing, type SaliencyData } from './saliency.ts';

/** Starts the figure of two orders of deletion: where the cut is, and whose weights the map shows. */
export function start(root: HTMLElement): void {
  const data = JSON.parse(part(root, 'data').textContent) as SaliencyData;
  const cut = part<HTMLInputElement>(root, 'cut-control');
  const layer = part<HTMLSelectElement>(root, 'layer-control');

  const show = (): void => {
    const choice = { level: Number(cut.value), layer: layer.value };
    const { attributes, texts } = saliencyDrawing(data, choice);
    for (const [name, values] of Object.entries(attributes)) draw(root, name, values);
    for (const [name, text] of Object.entries(texts)) {
      const place = part(root, name);
      // The status is spoken: it is written only when it has changed.
      if (place.textContent !== text) place.textContent = text;
    }
    cut.setAttribute('aria-valuetext', texts['cut']!);
  };

  cut.addEventListener('input', show);
  layer.addEventListener('change', show);
  show();
}
