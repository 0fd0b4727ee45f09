import { draw, part } from '../figure-dom.ts';
import {
  FIRST_ANSWERS,
  QUESTIONS,
  advise,
  rowDrawing,
  standing,
  verdict,
  wants,
  type Answers,
  type Row,
} from './what-first.ts';

/** Starts the guide: four questions, and the two rows that they lead to. */
export function start(root: HTMLElement): void {
  const rows = JSON.parse(part(root, 'rows').textContent) as Row[];
  const menus = Object.keys(QUESTIONS).map(
    (name) => [name, part<HTMLSelectElement>(root, name)] as const,
  );

  const show = (): void => {
    const answers = {
      ...FIRST_ANSWERS,
      ...Object.fromEntries(menus.map(([name, menu]) => [name, menu.value])),
    } as Answers;
    const advice = advise(answers);
    const { attributes, texts } = rowDrawing(rows.find(({ id }) => id === advice.first)!);
    for (const [name, values] of Object.entries(attributes)) draw(root, name, values);
    const missing = wants(answers, advice);
    const words = { ...texts, ...verdict(rows, advice), wants: missing };
    for (const [name, text] of Object.entries(words)) {
      const place = part(root, name);
      // The status is spoken: it is written only when it has changed.
      if (place.textContent.trim() !== text) place.textContent = text;
    }
    part(root, 'wants').hidden = missing === '';
    for (const { id } of rows) part(root, `row-${id}`).dataset['advised'] = standing(advice, id);
  };

  for (const [, menu] of menus) menu.addEventListener('change', show);
  show();
}
