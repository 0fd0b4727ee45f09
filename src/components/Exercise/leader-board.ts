import { addAttempt, isMeasured, uniteAttempts } from '../../progress/boards.ts';
import { rankAttempts } from '../../progress/rank-attempts.ts';
import type { RankedAttempt } from '../../progress/rank-attempts.ts';
import type { AttemptRecord } from '../../progress/records.ts';
import type { CheckReport } from '../../runtime/protocol.ts';
import { budgetNames, measureKinds, meetsBudget } from '../../shared/measures.ts';
import type { Budgets, MeasureName } from '../../shared/measures.ts';
import { announce } from '../live/announce.ts';
import { make } from '../live/dom.ts';
import { keep, openStore } from '../live/services.ts';

/** Rows that are shown; the last attempt is shown besides, wherever it stands. */
const mostRows = 10;

const written: Record<MeasureName, (value: number) => string> = {
  bytes: (value) => value.toLocaleString('en-GB'),
  macs: (value) => value.toLocaleString('en-GB'),
  accuracy: (value) => `${(100 * value).toFixed(2)}%`,
};

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** The reader's own attempts at an exercise with budgets, ranked, below its editor. In this browser only. */
export class LeaderBoard {
  readonly #root: HTMLElement;
  readonly #exercise: string;
  readonly #take: (code: string) => void;
  readonly #budgets: Budgets;
  /** What Clear took away, until the page is left. */
  #cleared: AttemptRecord[] = [];

  constructor(root: HTMLElement, exercise: string, take: (code: string) => void) {
    this.#root = root;
    this.#exercise = exercise;
    this.#take = take;
    this.#budgets = JSON.parse(root.dataset['budgets'] ?? '{}') as Budgets;
    void openStore()
      .then((store) => {
        store.subscribe((change) => {
          const mine = change.store === 'boards' && change.id === exercise;
          if (mine || change.store === 'everything') void this.#show();
        });
        return this.#show();
      })
      .catch(console.warn);
  }

  /** Keeps what a Check measured; one that came to nothing is no attempt. */
  async keep(report: CheckReport, code: string): Promise<void> {
    const { measures, passed } = report;
    if (measures === undefined || !isMeasured(measures, this.#budgets)) return;
    const attempt: AttemptRecord = { at: Date.now(), passed, measures, code };
    const store = await openStore();
    await store.changeBoard(this.#exercise, (board) =>
      addAttempt(board, this.#exercise, attempt, this.#budgets),
    );
  }

  async #show(): Promise<void> {
    const store = await openStore();
    const board = await store.board(this.#exercise);
    const rows = rankAttempts(board?.attempts ?? [], this.#budgets);
    const hadFocus = this.#root.contains(document.activeElement);
    this.#root.replaceChildren(...this.#nodes(rows));
    if (hadFocus) this.#root.querySelector('button')?.focus();
  }

  #nodes(rows: readonly RankedAttempt[]): Node[] {
    const title = make('h4', { textContent: 'Your attempts' });
    if (rows.length === 0) {
      const none = make('p', {
        className: 'hw-note',
        textContent: 'Each Check that measures everything is kept here, in this browser only.',
      });
      return [title, none, ...(this.#cleared.length === 0 ? [] : [this.#undo()])];
    }
    const shown = rows.filter((row) => row.place <= mostRows || row.last);
    const left = rows.length - shown.length;
    const notes = [
      '✓ meets every budget',
      '◆ on the Pareto front',
      ...(left === 0 ? [] : [`${left} more not shown`]),
    ];
    return [
      title,
      this.#table(shown),
      make('p', { className: 'hw-note', textContent: `${notes.join('; ')}.` }),
      make('p', { className: 'hw-board-acts' }, [
        this.#clear(rows.length),
        ...(this.#cleared.length === 0 ? [] : [this.#undo()]),
      ]),
    ];
  }

  #table(rows: readonly RankedAttempt[]): HTMLElement {
    const names = budgetNames(this.#budgets);
    const head = make('tr', {}, [
      make('th', { scope: 'col', textContent: 'Place' }),
      ...names.map((name) => make('th', { scope: 'col', textContent: measureKinds[name].label })),
      make('th', { scope: 'col', textContent: 'Code' }),
    ]);
    return make('table', {}, [
      make('thead', {}, [head]),
      make(
        'tbody',
        {},
        rows.map((row) => this.#row(row, names)),
      ),
    ]);
  }

  #row({ attempt, place, meets, onFront, last }: RankedAttempt, names: MeasureName[]): HTMLElement {
    const marks = `${meets ? ' ✓' : ''}${onFront ? ' ◆' : ''}`;
    const said = [
      meets ? 'meets every budget' : 'misses a budget',
      onFront ? 'on the Pareto front' : '',
      last ? 'the last attempt' : '',
    ].filter(Boolean);
    const when = day.format(attempt.at);
    const back = make('button', { type: 'button', textContent: 'Bring back' });
    back.setAttribute('aria-label', `Bring back the code of place ${place}, ${when}`);
    back.addEventListener('click', () => {
      this.#take(attempt.code);
      announce(`The code of ${when} is in the editor.`);
    });
    const row = make('tr', {}, [
      make('th', { scope: 'row' }, [
        make('span', { ariaHidden: 'true', textContent: `${place}${marks}` }),
        make('span', { className: 'visually-hidden', textContent: `${place}: ${said.join(', ')}` }),
        make('small', { textContent: last ? `${when}, last` : when }),
      ]),
      ...names.map((name) => {
        const value = attempt.measures[name]!;
        const cell = make('td', { textContent: written[name](value) });
        cell.dataset['meets'] = String(meetsBudget(name, value, this.#budgets[name]!));
        return cell;
      }),
      make('td', {}, [back]),
    ]);
    row.dataset['last'] = String(last);
    row.dataset['meets'] = String(meets);
    row.dataset['front'] = String(onFront);
    return row;
  }

  #clear(count: number): HTMLButtonElement {
    const button = make('button', { type: 'button', textContent: 'Clear attempts' });
    button.addEventListener('click', () => {
      keep(async (store) => {
        await store.changeBoard(this.#exercise, (board) => {
          this.#cleared = board?.attempts ?? [];
          return { id: this.#exercise, attempts: [], updatedAt: Date.now() };
        });
        announce(`${count === 1 ? 'One attempt' : `${count} attempts`} cleared. It can be undone.`);
      });
    });
    return button;
  }

  #undo(): HTMLButtonElement {
    const button = make('button', { type: 'button', textContent: 'Undo clear' });
    button.addEventListener('click', () => {
      keep(async (store) => {
        await store.changeBoard(this.#exercise, (board) => ({
          id: this.#exercise,
          attempts: uniteAttempts(board?.attempts ?? [], this.#cleared),
          updatedAt: Date.now(),
        }));
        this.#cleared = [];
      });
    });
    return button;
  }
}
