import type {
  ConsoleItem,
  DisplayItem,
  OutputItem,
  RunEvent,
  RunOutcome,
} from '../../runtime/protocol.ts';
import { make } from '../live/dom.ts';
import { errorNotice } from './error-notice.ts';
import { formatBytes, formatElapsed } from './format-number.ts';
import { visibleText } from './visible-text.ts';

const display = () => import('./display-node.ts');

/** Console lines put on the page; a run may send more, and those are counted. */
const shownLines = 1000;

const levelWord = { log: '', info: '', warn: 'Warning: ', error: 'Error: ' } as const;

const statusText = ({ status, elapsedMs }: RunOutcome): string => {
  const time = formatElapsed(elapsedMs);
  switch (status) {
    case 'finished':
      return `Finished in ${time}`;
    case 'error':
      return `Ended by an error after ${time}`;
    case 'stopped':
      return `Stopped after ${time}`;
    case 'limit':
      return `Stopped at the time limit, after ${time}`;
    case 'overflow':
      return `Stopped after ${time}: too much output`;
    case 'died':
      return `The program’s worker was lost after ${time}`;
  }
};

/** Shows what a run sends, under the cell it came from. Output becomes text nodes and canvases, never HTML. */
export class Output {
  private readonly root: HTMLElement;
  private readonly status: HTMLElement;
  private readonly items: HTMLElement;
  private readonly bar: HTMLProgressElement;
  private readonly barLabel: HTMLElement;
  private readonly goTo: (line: number) => void;
  private waiting: OutputItem[] = [];
  private frame = 0;
  private lines = 0;
  private lineBlock: HTMLElement | undefined;
  private overflow: HTMLElement | undefined;

  /**
   * `root` is the component's `[data-output]`, empty; `goTo` shows a line of the reader's text. A
   * component that has a status region of its own takes a `polite` line here instead of a second one.
   */
  constructor(
    root: HTMLElement,
    goTo: (line: number) => void,
    live: 'status' | 'polite' = 'status',
  ) {
    this.root = root;
    this.goTo = goTo;
    this.status = make('p', { className: 'hw-status' });
    if (live === 'status') this.status.setAttribute('role', 'status');
    else this.status.ariaLive = 'polite';
    this.bar = make('progress', { hidden: true });
    this.barLabel = make('span', { className: 'hw-note', hidden: true });
    this.items = make('div', { className: 'hw-items' });
    root.append(this.status, this.bar, this.barLabel, this.items);
  }

  /** Empties the output for a new run. */
  start(sentence: string): void {
    this.clear();
    this.root.dataset['state'] = 'running';
    display().catch(() => undefined);
    this.status.textContent = sentence;
  }

  clear(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.waiting = [];
    this.lines = 0;
    this.lineBlock = undefined;
    this.overflow = undefined;
    this.items.replaceChildren();
    this.hideProgress();
    this.status.textContent = '';
    delete this.root.dataset['state'];
  }

  readonly take = (event: RunEvent): void => {
    if (event.type === 'output') {
      this.waiting.push(event.item);
      // Hidden pages paint no frames; a run that ends drains what waits.
      this.frame ||= requestAnimationFrame(this.drain);
    } else if (event.type === 'progress') {
      const { done, total, label } = event.progress;
      this.showProgress(done, total, `${visibleText(label)} ${done} of ${total}`);
    } else if (event.type === 'file') {
      const { name, loadedBytes, totalBytes } = event;
      this.showProgress(
        loadedBytes,
        totalBytes,
        `Fetching ${visibleText(name)}: ${formatBytes(loadedBytes)} of ${formatBytes(totalBytes)}`,
      );
    }
  };

  finish(outcome: RunOutcome): void {
    this.drain();
    this.hideProgress();
    this.root.dataset['state'] = outcome.status;
    this.status.textContent = `${statusText(outcome)}.`;
    if (outcome.error !== undefined) this.items.append(errorNotice(outcome.error, this.goTo));
  }

  /** A failure of the page's own: the sandbox could not be fetched. */
  fail(sentence: string): void {
    this.clear();
    this.root.dataset['state'] = 'error';
    this.status.textContent = sentence;
  }

  private readonly drain = (): void => {
    this.frame = 0;
    const batch = this.waiting;
    this.waiting = [];
    for (const item of batch) {
      if (item.kind === 'console') this.addLine(item);
      else this.addDisplay(item);
    }
  };

  private addLine({ level, text }: ConsoleItem): void {
    this.lines += 1;
    if (this.lines > shownLines) {
      this.overflow ??= this.items.appendChild(make('p', { className: 'hw-note' }));
      this.overflow.textContent = `${this.lines - shownLines} more lines are not shown.`;
      return;
    }
    if (this.lineBlock === undefined || this.lineBlock !== this.items.lastElementChild) {
      this.lineBlock = make('pre', { className: 'hw-console', tabIndex: 0 });
      this.lineBlock.setAttribute('role', 'group');
      this.lineBlock.setAttribute('aria-label', 'Console');
      this.items.append(this.lineBlock);
    }
    const line = make('span', {
      className: `hw-${level}`,
      textContent: `${levelWord[level]}${visibleText(text)}\n`,
    });
    this.lineBlock.append(line);
  }

  /** The code that draws is fetched with the first thing to be drawn; the place of each is kept meanwhile. */
  private addDisplay(item: DisplayItem): void {
    const place = this.items.appendChild(make('div', { className: `hw-place-${item.kind}` }));
    const width = Math.min(720, this.items.clientWidth || 640);
    display()
      .then(({ displayNode }) => displayNode(item, width))
      .then(
        (node) => {
          place.replaceWith(node);
        },
        (error: unknown) => {
          console.warn(error);
          place.replaceWith(
            make('p', { className: 'hw-note' }, [
              'This could not be drawn. Check the connection and run again.',
            ]),
          );
        },
      );
  }

  private showProgress(done: number, total: number, label: string): void {
    this.bar.hidden = this.barLabel.hidden = false;
    this.bar.max = total > 0 ? total : 1;
    this.bar.value = done;
    this.bar.setAttribute('aria-label', label);
    this.barLabel.textContent = label;
  }

  private hideProgress(): void {
    this.bar.hidden = this.barLabel.hidden = true;
  }
}
