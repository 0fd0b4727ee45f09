import { draw, part, write } from '../figure-dom.ts';
import { nextOdd, requantizeDrawing } from './requantize.ts';

/** Attributes of marks whose names are also those of readings. */
const MARKS: Record<string, string> = {
  exact: 'exact-mark',
  shifted: 'shifted-mark',
  code: 'code-mark',
};

/** Starts the dial of the multiplier: two sliders, and a button that looks for a sum which is rounded twice. */
export function start(root: HTMLElement): void {
  const realControl = part<HTMLInputElement>(root, 'real-control');
  const sumControl = part<HTMLInputElement>(root, 'sum-control');
  const real = (): number => 2 ** Number(realControl.value);

  const show = (): void => {
    const { attributes, texts, bits } = requantizeDrawing(Number(sumControl.value), real());
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
    for (const [cell, bit] of [...bits].entries()) part(root, `bit-${cell}`).textContent = bit;
  };

  part(root, 'odd').addEventListener('click', () => {
    const found = nextOdd(Number(sumControl.value), real());
    if (found === undefined) {
      write(root, 'verdict', 'With this M no sum that can be set is rounded twice');
      return;
    }
    sumControl.value = String(found);
    show();
  });
  for (const control of [realControl, sumControl]) control.addEventListener('input', show);

  show();
}
