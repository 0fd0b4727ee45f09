import { draw, part } from '../figure-dom.ts';
import {
  STEPS_DRAWN,
  learn,
  lessonDrawing,
  lessonRows,
  startAt,
  type Lesson,
  type Moment,
  type Slope,
} from './straight-through.ts';

/** Rows of the table. */
const ROWS = 10;

/** Starts the figure of one weight that learns behind a rounding: sliders, and buttons that take steps. */
export function start(root: HTMLElement): void {
  const controls = part(root, 'controls');
  const control = (name: string): HTMLInputElement => part(root, `${name}-control`);
  const slope = part<HTMLSelectElement>(root, 'slope-control');

  const lesson = (): Lesson => ({
    range: Number(controls.dataset['range']),
    bits: Number(control('bits').value),
    target: Number(control('target').value),
    rate: Number(control('rate').value),
    slope: slope.value as Slope,
  });
  const beginning = (): Moment[] => [startAt(Number(control('weight').value), lesson())];
  let moments = beginning();

  const show = (): void => {
    const { attributes, texts } = lessonDrawing(moments, lesson());
    for (const [name, values] of Object.entries(attributes)) draw(root, name, values);
    for (const [name, text] of Object.entries(texts)) {
      const place = part(root, name);
      // The status is spoken: it is written only when it has changed.
      if (place.textContent !== text) place.textContent = text;
    }
    part(root, 'rows').replaceChildren(...lessonRows(moments, lesson(), ROWS).map(tableRow));
  };
  const again = (): void => {
    moments = beginning();
    show();
  };
  const take = (steps: number): void => {
    moments.push(...learn(moments.at(-1)!, lesson(), steps));
    show();
  };

  for (const name of ['weight', 'bits']) control(name).addEventListener('input', again);
  for (const name of ['target', 'rate']) control(name).addEventListener('input', show);
  slope.addEventListener('change', show);
  part(root, 'step').addEventListener('click', () => take(1));
  part(root, 'run').addEventListener('click', () => take(STEPS_DRAWN));
  part(root, 'again').addEventListener('click', again);
  show();
}

function tableRow([step = '', ...cells]: string[]): HTMLTableRowElement {
  const row = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = step;
  row.append(
    head,
    ...cells.map((text) => Object.assign(document.createElement('td'), { textContent: text })),
  );
  return row;
}
