import { draw, part } from '../figure-dom.ts';
import { allRoundings, turned, upOrDownDrawing, type Filter } from './up-or-down.ts';

const ARROWS = { up: '↑', down: '↓', fixed: '·' } as const;

/** Starts the figure of nine weights: a button for each turns it up or down. */
export function start(root: HTMLElement): void {
  const filters = JSON.parse(part(root, 'data').textContent) as Filter[];
  const filter = part<HTMLSelectElement>(root, 'filter');
  const bits = part<HTMLSelectElement>(root, 'bits');
  const inputs = part<HTMLSelectElement>(root, 'inputs');
  const read = (): ReturnType<typeof allRoundings> =>
    allRoundings(filters[Number(filter.value)]!, Number(bits.value), inputs.value === 'strangers');
  let roundings = read();
  let way = roundings.nearest;

  const show = (): void => {
    const { attributes, texts, weights } = upOrDownDrawing(roundings, way);
    for (const [name, values] of Object.entries(attributes)) draw(root, name, values);
    for (const [name, text] of Object.entries(texts)) {
      const place = part(root, name);
      // The status is spoken: it is written only when it has changed.
      if (place.textContent !== text) place.textContent = text;
    }
    for (const [i, { weight, code, goes, isNearest }] of weights.entries()) {
      const button = part<HTMLButtonElement>(root, `weight-${i}`);
      button.dataset['goes'] = goes;
      button.dataset['nearest'] = String(isNearest);
      button.disabled = goes === 'fixed';
      part(root, `steps-${i}`).textContent = weight;
      part(root, `code-${i}`).textContent = `${ARROWS[goes]} ${code}`;
    }
  };
  const begin = (): void => {
    roundings = read();
    way = roundings.nearest;
    show();
  };

  for (let i = 0; i < 9; i++) {
    part(root, `weight-${i}`).addEventListener('click', () => {
      way = turned(roundings.fixed, way, i);
      show();
    });
  }
  filter.addEventListener('change', begin);
  bits.addEventListener('change', begin);
  // The same rounding, judged by other inputs.
  inputs.addEventListener('change', () => {
    roundings = read();
    show();
  });
  part(root, 'to-nearest').addEventListener('click', () => {
    way = roundings.nearest;
    show();
  });
  part(root, 'to-best').addEventListener('click', () => {
    way = roundings.best;
    show();
  });
  show();
}
