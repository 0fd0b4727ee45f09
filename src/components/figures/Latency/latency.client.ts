import { draw, part, write } from '../figure-dom.ts';
import { drawing, joined, tableRows, type Costs, type Timings } from './latency.ts';
import type { FromTimer, ToTimer } from './latency-link.ts';

/** Starts the figure of latency: a network, a number of runs, and a worker that times both forms of it. */
export function start(root: HTMLElement): void {
  const costs = JSON.parse(part(root, 'data').textContent) as Costs;
  const network = part<HTMLSelectElement>(root, 'network');
  const runs = part<HTMLInputElement>(root, 'runs-control');
  const time = part<HTMLButtonElement>(root, 'time');
  const stop = part<HTMLButtonElement>(root, 'stop');
  const base = part(root, 'run').dataset['base'] ?? '/';
  const controls = [network, runs, time];
  let timings: Timings = {};
  let runtime = '';
  let worker: Worker | undefined;

  /** Draws all but the status, and gives what the status should say. */
  const show = (): string => {
    const { attributes, texts } = drawing(network.value, costs[network.value]!, {
      runs: Number(runs.value),
      timings,
      runtime,
    });
    for (const [name, values] of Object.entries(attributes)) draw(root, name, values);
    const { verdict = '', ...others } = texts;
    for (const [name, text] of Object.entries(others)) write(root, name, text);
    const lines = part(root, 'rows').querySelectorAll('tr');
    tableRows(timings).forEach((cells, line) => {
      cells.forEach((cell, i) => (lines[line]!.children[i]!.textContent = cell));
    });
    return verdict;
  };

  const say = (text: string): void => {
    // The status is spoken: it is written only when it has changed.
    const status = part(root, 'verdict');
    if (status.textContent !== text) status.textContent = text;
  };

  const finish = (text: string): void => {
    worker?.terminate();
    worker = undefined;
    for (const control of controls) control.disabled = false;
    stop.disabled = true;
    say(text);
  };

  const take = (message: FromTimer): void => {
    switch (message.kind) {
      case 'progress':
        say(message.text);
        return;
      case 'turn':
        timings = {
          ...timings,
          [message.way]: joined(timings[message.way], message.measured),
        };
        show();
        return;
      case 'done':
        runtime = message.runtime;
        finish(show());
        return;
      case 'error':
        forget();
        finish(message.explain);
    }
  };

  /** What is broken off, or of another network, is not shown. */
  const forget = (): string => {
    timings = {};
    runtime = '';
    return show();
  };

  const startWorker = (): Worker | undefined => {
    try {
      return new Worker(new URL('./latency-worker.ts', import.meta.url), { type: 'module' });
    } catch {
      return undefined;
    }
  };

  time.addEventListener('click', () => {
    forget();
    worker = startWorker();
    if (!worker) {
      say(
        'This browser, or the policy of this site, lets no worker start; without one nothing is timed.',
      );
      return;
    }
    for (const control of controls) control.disabled = true;
    stop.disabled = false;
    stop.focus();
    say('Starting …');
    worker.onmessage = ({ data }: MessageEvent<FromTimer>) => take(data);
    worker.onerror = (event) => {
      event.preventDefault();
      forget();
      finish(
        'The worker that times came to an end. Try again; close other pages if it happens twice.',
      );
    };
    const order: ToTimer = { network: network.value, runs: Number(runs.value), base };
    worker.postMessage(order);
  });
  stop.addEventListener('click', () => {
    forget();
    finish('Stopped; a broken-off timing is no timing.');
    time.focus();
  });
  for (const control of [network, runs]) {
    control.addEventListener('input', () => say(forget()));
  }

  say(show());
}
