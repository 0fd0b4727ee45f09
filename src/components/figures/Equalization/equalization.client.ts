import { draw, part } from '../figure-dom.ts';
import { equalizationDrawing, type PairLayer } from './equalization.ts';

/** Starts the figure of two layers and the factors between them: a slider and a choice of bits. */
export function start(root: HTMLElement): void {
  const pair = JSON.parse(part(root, 'data').textContent) as [PairLayer, PairLayer];
  const slider = part<HTMLInputElement>(root, 'moved-control');
  const bits = part<HTMLSelectElement>(root, 'bits');

  const show = (): void => {
    const moved = Number(slider.value);
    const { attributes, texts } = equalizationDrawing(pair, moved, Number(bits.value));
    for (const [name, values] of Object.entries(attributes)) draw(root, name, values);
    for (const [name, text] of Object.entries(texts)) {
      const place = part(root, name);
      // The status is spoken: it is written only when it has changed.
      if (place.textContent !== text) place.textContent = text;
    }
  };

  slider.addEventListener('input', show);
  bits.addEventListener('change', show);
  show();
}
