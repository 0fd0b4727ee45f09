import { draw, part, write } from '../figure-dom.ts';
import { nextParting, twoRoundingsDrawing } from './two-roundings.ts';

/** Attributes of marks whose names are also those of readings. */
const MARKS: Record<string, string> = {
  exact: 'exact-mark',
  tooth: 'tooth-mark',
  twice: 'twice-mark',
  once: 'once-mark',
  window: 'window-mark',
};

/** Starts the two hands: two sliders, and a button that looks for a sum at which they part. */
export function start(root: HTMLElement): void {
  const realControl = part<HTMLInputElement>(root, 'real-control');
  const sumControl = part<HTMLInputElement>(root, 'sum-control');
  const real = (): number => 2 ** Number(realControl.value);

  const show = (): void => {
    const { attributes, texts } = twoRoundingsDrawing(Number(sumControl.value), real());
    for (const [name, values] of Object.entries(attributes))
      draw(root, MARKS[name] ?? name, values);
    for (const [name, text] of Object.entries(texts)) {
      for (const place of root.querySelectorAll(
        `[data-part="${name}"], [data-part="table-${name}"]`,
      )) {
        // The status is spoken: it is written only when it has changed.
        if (place.textContent !== text) place.textContent = text;
      }
    }
  };

  part(root, 'next').addEventListener('click', () => {
    const found = nextParting(Number(sumControl.value), real());
    if (found === undefined) {
      write(root, 'verdict', 'With this M the two hands agree on every sum that can be set');
      return;
    }
    sumControl.value = String(found);
    show();
  });
  for (const control of [realControl, sumControl]) control.addEventListener('input', show);

  show();
}
