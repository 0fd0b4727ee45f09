import { draw, part, write } from '../figure-dom.ts';
import { ROWS, drawing, type Bargain } from './kinds-of-quantization.ts';

/** Starts the figure of the bargains: a bargain, a score and one of its products, followed from flash to score. */
export function start(root: HTMLElement): void {
  const bargains = JSON.parse(part(root, 'bargains').textContent) as Bargain[];
  const bargain = part<HTMLSelectElement>(root, 'bargain-control');
  const unit = part<HTMLInputElement>(root, 'unit-control');
  const place = part<HTMLInputElement>(root, 'place-control');

  const show = (): void => {
    const { bits, texts } = drawing(
      bargains[Number(bargain.value)]!,
      Number(unit.value),
      Number(place.value) - 1,
    );
    for (const row of ROWS) {
      draw(root, `bits-${row}`, {
        d: bits[row].d,
        class: `bargain-bits bargain-${bits[row].sort}`,
      });
    }
    for (const [name, text] of Object.entries(texts)) write(root, name, text);
  };

  for (const control of [bargain, unit, place]) control.addEventListener('input', show);
  show();
}
