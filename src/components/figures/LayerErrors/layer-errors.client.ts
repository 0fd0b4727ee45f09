import { draw, part, write } from '../figure-dom.ts';
import { drawing, tableRows, type Errors, type Way } from './layer-errors.ts';

/** Starts the figure of the layers: a network, a way of quantizing it, and one layer looked at. */
export function start(root: HTMLElement): void {
  const errors = JSON.parse(part(root, 'data').textContent) as Errors;
  const network = part<HTMLSelectElement>(root, 'network-control');
  const way = part<HTMLSelectElement>(root, 'way-control');
  const layer = part<HTMLInputElement>(root, 'layer-control');
  const places = root.querySelectorAll('[data-bar]');
  const lines = part(root, 'rows').querySelectorAll('tr');

  const show = (): void => {
    const { bars, chosen, texts } = drawing(
      errors[network.value]![way.value as Way],
      Number(layer.value) - 1,
    );
    layer.max = String(bars.length);
    places.forEach((_, i) => {
      const bar = bars[i];
      draw(root, `bar-${i}`, {
        width: (bar?.width ?? 0).toFixed(2),
        class: i === chosen ? 'layer-bar layer-bar-chosen' : 'layer-bar',
      });
      write(root, `label-${i}`, bar?.layer ?? '');
    });
    for (const [name, text] of Object.entries(texts)) {
      // The status is spoken: it is written only when it has changed.
      if (part(root, name).textContent !== text) write(root, name, text);
    }
    const rows = tableRows(bars);
    lines.forEach((line, i) => {
      line.hidden = i >= rows.length;
      rows[i]?.forEach((cell, column) => (line.children[column]!.textContent = cell));
    });
  };

  for (const control of [network, way, layer]) control.addEventListener('input', show);
  show();
}
