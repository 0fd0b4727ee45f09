import { draw, part } from '../figure-dom.ts';
import { plannerDrawing, type Format, type PlannerData } from './budget-planner.ts';

/** Starts the planner: a form, a format, and three bars. */
export function start(root: HTMLElement): void {
  const data = JSON.parse(part(root, 'data').textContent) as PlannerData;
  const form = part<HTMLSelectElement>(root, 'form-control');
  const format = part<HTMLSelectElement>(root, 'format-control');

  const show = (): void => {
    const { attributes, texts } = plannerDrawing(data, form.value, format.value as Format);
    for (const [name, given] of Object.entries(attributes)) draw(root, name, given);
    for (const [name, text] of Object.entries(texts)) {
      const place = part(root, name);
      // The status is spoken: it is written only when it has changed.
      if (place.textContent !== text) place.textContent = text;
    }
  };

  form.addEventListener('change', show);
  format.addEventListener('change', show);
  show();
}
