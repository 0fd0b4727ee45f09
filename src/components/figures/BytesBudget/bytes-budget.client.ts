import { draw, part, write } from '../figure-dom.ts';
import { budget, sqnrText, type BudgetFormat, type BudgetLayer } from './bytes-budget.ts';

/** Starts the figure of the budget: a format for each layer against the flash. */
export function start(root: HTMLElement): void {
  const layers = JSON.parse(part(root, 'data').textContent) as BudgetLayer[];
  const flash = Number(root.querySelector<HTMLElement>('[data-flash]')?.dataset['flash']);
  const controls = layers.map((_, i) => part<HTMLSelectElement>(root, `format-${i}`));

  const show = (): void => {
    const formats = controls.map(({ value }) => value as BudgetFormat);
    const { bytes, pieces, flashX, verdict, total } = budget(layers, formats, flash);
    layers.forEach((layer, i) => {
      draw(root, `piece-${i}`, { x: pieces[i]!.x.toFixed(2), width: pieces[i]!.width.toFixed(2) });
      write(root, `table-format-${i}`, formats[i]!);
      write(root, `bytes-${i}`, bytes[i]!.toLocaleString('en-GB'));
      write(root, `sqnr-${i}`, sqnrText(layer, formats[i]!));
    });
    draw(root, 'flash-line', { transform: `translate(${flashX.toFixed(2)} 0)` });
    // The label stands before the line, or after it where there is no room.
    draw(root, 'flash-label', {
      x: flashX.toFixed(2),
      'text-anchor': flashX < 220 ? 'start' : 'end',
    });
    write(root, 'total', total.toLocaleString('en-GB'));
    if (part(root, 'verdict').textContent !== verdict) write(root, 'verdict', verdict);
  };

  for (const control of controls) control.addEventListener('change', show);
  show();
}
