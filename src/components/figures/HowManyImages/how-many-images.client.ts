import { draw, part } from '../figure-dom.ts';
import { imagesDrawing, imagesRows } from './how-many-images.ts';

/** Starts the figure of two readers and a number of images: three sliders. */
export function start(root: HTMLElement): void {
  const accuracy = Number(part<HTMLDataElement>(root, 'accuracy').value);
  const images = part<HTMLInputElement>(root, 'images-control');
  const difference = part<HTMLInputElement>(root, 'difference-control');
  const gained = part<HTMLInputElement>(root, 'gained-control');
  const rows = part<HTMLTableSectionElement>(root, 'rows');

  const show = (): void => {
    const trial = {
      accuracy,
      power: Number(images.value),
      points: Number(difference.value),
      gained: Number(gained.value),
    };
    const { attributes, texts } = imagesDrawing(trial);
    for (const [name, values] of Object.entries(attributes)) draw(root, name, values);
    for (const [name, text] of Object.entries(texts)) {
      const place = part(root, name);
      // The status is spoken: it is written only when it has changed.
      if (place.textContent !== text) place.textContent = text;
    }
    for (const [r, cells] of imagesRows(trial).entries())
      for (const [c, cell] of cells.entries()) rows.rows[r]!.cells[c]!.textContent = cell;
  };

  for (const control of [images, difference, gained]) control.addEventListener('input', show);
  show();
}
