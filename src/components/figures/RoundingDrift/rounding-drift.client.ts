import { draw, part, write } from '../figure-dom.ts';
import { driftDrawing, driftRows, driftTexts } from './rounding-drift.ts';
import type { Rounding } from './roundings.ts';

/** Starts the figure of the five ways to round: a choice of way and a slider of bits that are dropped. */
export function start(root: HTMLElement): void {
  const counts = JSON.parse(part(root, 'data').textContent) as number[];
  const choice = part<HTMLSelectElement>(root, 'rounding');
  const bits = part<HTMLInputElement>(root, 'dropped-control');

  const show = (): void => {
    const dropped = Number(bits.value);
    const rounding = choice.value as Rounding;
    for (const [name, values] of Object.entries(driftDrawing(counts, dropped, rounding)))
      draw(root, name, values);
    for (const [name, text] of Object.entries(driftTexts(counts, dropped, rounding)))
      write(root, name, text);
    const lines = part(root, 'rows').querySelectorAll('tr');
    driftRows(counts, dropped).forEach((cells, line) => {
      cells.forEach((cell, i) => {
        lines[line]!.children[i + 1]!.textContent = cell;
      });
    });
  };

  choice.addEventListener('change', show);
  bits.addEventListener('input', show);
  show();
}
