import { draw, part, write } from '../figure-dom.ts';
import {
  doings,
  heldAt,
  neighbour,
  readings,
  upperY,
  x,
  type RecipeRun,
} from './recipe-timeline.ts';

/** Starts the figure of the recipe by its steps: a slider, and two buttons from event to event. */
export function start(root: HTMLElement): void {
  const run = JSON.parse(part(root, 'data').textContent) as RecipeRun;
  const slider = part<HTMLInputElement>(root, 'step-control');

  const show = (): void => {
    const step = Number(slider.value);
    const at = x(run, step).toFixed(1);
    draw(root, 'cursor', { x1: at, x2: at });
    draw(root, 'here', { cx: at, cy: upperY(heldAt(run, step)).toFixed(1) });
    for (const [name, text] of Object.entries(readings(run, step))) write(root, name, text);
    // The status is spoken: it is written only when it has changed.
    const said = doings(run, step);
    const status = part(root, 'doings');
    if (status.textContent !== said) status.textContent = said;
  };

  for (const [name, side] of [
    ['previous', -1],
    ['next', 1],
  ] as const) {
    part(root, name).addEventListener('click', () => {
      slider.value = String(neighbour(run, Number(slider.value), side));
      show();
    });
  }
  slider.addEventListener('input', show);
  show();
}
