import { draw, part } from '../figure-dom.ts';
import {
  pathDrawing,
  settle,
  startValues,
  step,
  valueRows,
  type Counted,
  type Start,
} from './k-means.ts';

/** Starts the figure of k-means: how many values, where they start, and buttons that take steps. */
export function start(root: HTMLElement): void {
  const counted = JSON.parse(part(root, 'data').textContent) as Counted;
  const count = part<HTMLInputElement>(root, 'k-control');
  const from = part<HTMLSelectElement>(root, 'start-control');

  const beginning = (): number[][] => [
    startValues(counted, Number(count.value), from.value as Start),
  ];
  let path = beginning();

  const show = (): void => {
    const { attributes, texts } = pathDrawing(counted, path);
    for (const [name, values] of Object.entries(attributes)) draw(root, name, values);
    for (const [name, text] of Object.entries(texts)) {
      const place = part(root, name);
      // The status is spoken: it is written only when it has changed.
      if (place.textContent !== text) place.textContent = text;
    }
    part(root, 'rows').replaceChildren(...valueRows(counted, path.at(-1)!).map(tableRow));
  };
  const again = (): void => {
    path = beginning();
    show();
  };
  const take = (steps: number): void => {
    for (let taken = 0; taken < steps; taken++) path.push(step(counted, path.at(-1)!));
    show();
  };

  count.addEventListener('input', again);
  from.addEventListener('change', again);
  part(root, 'step').addEventListener('click', () => take(1));
  part(root, 'run').addEventListener('click', () => take(10));
  part(root, 'settle').addEventListener('click', () => {
    path.push(...settle(counted, path.at(-1)!));
    take(1); // the step after which nothing has moved
  });
  part(root, 'again').addEventListener('click', again);
  show();
}

function tableRow([value = '', share = '']: string[]): HTMLTableRowElement {
  const row = document.createElement('tr');
  const head = Object.assign(document.createElement('th'), { scope: 'row', textContent: value });
  row.append(head, Object.assign(document.createElement('td'), { textContent: share }));
  return row;
}
