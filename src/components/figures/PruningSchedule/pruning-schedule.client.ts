import { draw, part, write } from '../figure-dom.ts';
import { STEPS, type PruningPlan, type RunPoint, type Way } from './pruning-plan.ts';
import {
  accuracyPath,
  bookPlan,
  planPath,
  planTexts,
  scheduleRows,
  stairPath,
  verdict,
  type Runs,
} from './pruning-schedule.ts';
import type { FromTrainer, ToTrainer } from './trainer-link.ts';

/** Starts the figure of schedule against accuracy: three controls, and a run that trains in a worker. */
export function start(root: HTMLElement): void {
  const runs = JSON.parse(part(root, 'data').textContent) as Runs;
  const way = part<HTMLSelectElement>(root, 'way');
  const sparsity = part<HTMLInputElement>(root, 'sparsity-control');
  const endStep = part<HTMLInputElement>(root, 'end-step-control');
  const train = part<HTMLButtonElement>(root, 'train');
  const stop = part<HTMLButtonElement>(root, 'stop');
  const base = part(root, 'run').dataset['base'] ?? '/';
  const controls = [way, sparsity, endStep, train];
  let own: RunPoint[] = [];
  let worker: Worker | undefined;

  const plan = (): PruningPlan => ({
    way: way.value as Way,
    finalSparsity: Number(sparsity.value) / 100,
    endStep: Number(endStep.value),
  });

  const say = (text: string): void => {
    // The status is spoken: it is written only when it has changed.
    const status = part(root, 'verdict');
    if (status.textContent !== text) status.textContent = text;
  };

  const show = (): void => {
    const [now, book] = [plan(), runs[way.value as Way]];
    draw(root, 'plan', { d: planPath(now) });
    draw(root, 'stair', { d: stairPath(now) });
    draw(root, 'book', { d: accuracyPath(book) });
    draw(root, 'own', { d: accuracyPath(own) });
    for (const [name, text] of Object.entries(planTexts(now))) write(root, name, text);
    const lines = part(root, 'rows').querySelectorAll('tr');
    scheduleRows(now, book, own).forEach((cells, line) => {
      cells.forEach((cell, i) => {
        lines[line]!.children[i]!.textContent = cell;
      });
    });
  };

  const sayBook = (): void => {
    const chosen = way.value as Way;
    say(verdict('The book’s own run', bookPlan(chosen), runs[chosen]));
  };

  const finish = (text: string): void => {
    worker?.terminate();
    worker = undefined;
    for (const control of controls) control.disabled = false;
    stop.disabled = true;
    say(text);
  };

  const take = (message: FromTrainer): void => {
    switch (message.kind) {
      case 'progress':
        say(message.text);
        return;
      case 'point':
        own.push(message.point);
        say(`Training: step ${message.point.step} of ${STEPS}.`);
        show();
        return;
      case 'done':
        finish(verdict('Your run', plan(), own));
        return;
      case 'error':
        finish(message.explain);
    }
  };

  train.addEventListener('click', () => {
    own = [];
    show();
    for (const control of controls) control.disabled = true;
    stop.disabled = false;
    stop.focus();
    worker = new Worker(new URL('./pruning-schedule-worker.ts', import.meta.url), {
      type: 'module',
    });
    worker.onmessage = ({ data }: MessageEvent<FromTrainer>) => take(data);
    worker.onerror = (event) => {
      event.preventDefault();
      finish(
        'The worker that trains came to an end. Try again; close other pages if it happens twice.',
      );
    };
    const order: ToTrainer = { plan: plan(), base };
    worker.postMessage(order);
  });
  stop.addEventListener('click', () => {
    finish(own.length > 0 ? verdict('Your run, stopped', plan(), own) : 'Stopped before it began.');
    train.focus();
  });
  for (const control of [way, sparsity, endStep]) {
    control.addEventListener('input', () => {
      own = [];
      show();
      sayBook();
    });
  }

  show();
  sayBook();
}
