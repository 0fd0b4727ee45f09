import { draw, part } from '../figure-dom.ts';
import { REACH } from './number-line.ts';
import { ruleDrawing } from './number-line-drawing.ts';

/** Starts the figure of the rule of 255 notches: three sliders, and a weight that can be dragged. */
export function start(root: HTMLElement): void {
  const weight = part<HTMLInputElement>(root, 'weight-control');
  const range = part<HTMLInputElement>(root, 'range-control');
  const times = part<HTMLInputElement>(root, 'times-control');
  const rule = part<SVGSVGElement>(root, 'rule');

  const show = (): void => {
    const { attributes, texts } = ruleDrawing({
      weight: Number(weight.value),
      range: Number(range.value),
      times: 2 ** Number(times.value),
    });
    for (const [name, values] of Object.entries(attributes)) draw(root, name, values);
    for (const [name, text] of Object.entries(texts)) {
      for (const place of root.querySelectorAll(
        `[data-part="${name}"], [data-part="table-${name}"]`,
      )) {
        // The status is spoken: it is written only when it has changed.
        if (place.textContent !== text) place.textContent = text;
      }
    }
  };

  const follow = (event: PointerEvent): void => {
    const { left, width } = rule.getBoundingClientRect();
    weight.value = String(((event.clientX - left) / width) * 2 * REACH - REACH);
    show();
  };
  rule.addEventListener('pointerdown', (event) => {
    rule.setPointerCapture(event.pointerId);
    follow(event);
  });
  rule.addEventListener('pointermove', (event) => {
    if (rule.hasPointerCapture(event.pointerId)) follow(event);
  });
  for (const control of [weight, range, times]) control.addEventListener('input', show);

  show();
}
