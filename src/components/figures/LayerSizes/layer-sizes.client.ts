import { draw, part } from '../figure-dom.ts';
import { drawing } from './layer-sizes.ts';

/** Starts the figure of the layers’ sizes: two widths and a number of bits against the flash. */
export function start(root: HTMLElement): void {
  const first = part<HTMLInputElement>(root, 'units-control-0');
  const second = part<HTMLInputElement>(root, 'units-control-1');
  const bits = part<HTMLSelectElement>(root, 'bits-control');
  const { inputs, outputs, flash } = part(root, 'controls').dataset;

  const show = (): void => {
    const { attributes, texts } = drawing({
      widths: [inputs, first.value, second.value, outputs].map(Number),
      bits: Number(bits.value),
      flash: Number(flash),
    });
    for (const [name, values] of Object.entries(attributes)) draw(root, name, values);
    for (const [name, text] of Object.entries(texts)) {
      for (const place of root.querySelectorAll(`[data-part="${name}"]`)) {
        // The status is spoken: it is written only when it has changed.
        if (place.textContent !== text) place.textContent = text;
      }
    }
  };

  for (const control of [first, second, bits]) control.addEventListener('input', show);
  show();
}
