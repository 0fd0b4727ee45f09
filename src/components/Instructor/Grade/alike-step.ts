import { actButton, find, make } from '../../live/dom.ts';
import { visibleText } from '../../Output/visible-text.ts';
import { codeOf, findAlike, linesOf, type AlikePair } from './alike.ts';
import { markedView } from './code-view.ts';
import { part, pressable, say, showFault, type Desk, type Step } from './desk.ts';
import { rowName } from './work.ts';
import { counted } from './words.ts';

/** Pairs that are listed; of more the most alike are. */
const MOST_PAIRS = 100;

/** Programs that are nearly the same, and two of them side by side. */
export class AlikeStep implements Step {
  readonly #desk: Desk;
  readonly #found: () => void;
  #looking: AbortController | undefined;
  #isCompared = false;
  /** What is listed: drawn anew only when it changes, for grading tells of every row. */
  #listed: { pairs: readonly AlikePair[]; revealed: boolean } | undefined;

  constructor(desk: Desk, found: () => void) {
    this.#desk = desk;
    this.#found = found;
    actButton(desk.root, 'compare').addEventListener('click', () => void this.look());
  }

  begin(): void {
    this.#looking?.abort();
    this.#listed = undefined;
    this.#isCompared = false;
    const { root } = this.#desk;
    for (const name of ['pairs', 'sides', 'alike-error']) part(root, name).replaceChildren();
    say(root, 'alike-status', 'Not compared yet.');
  }

  /** Compares all hand-ins with each other; what was being compared is given up. */
  async look(): Promise<void> {
    const { root, grading, book } = this.#desk;
    this.#looking?.abort();
    const looking = new AbortController();
    this.#looking = looking;
    showFault(root, 'alike-error');
    say(root, 'alike-status', 'Comparing…');
    try {
      const pairs = await findAlike(
        grading.work,
        grading.rows,
        (id) => book.sheet(id),
        looking.signal,
      );
      if (looking.signal.aborted || !this.#desk.isOpen || this.#desk.grading !== grading) return;
      this.#isCompared = true;
      this.#desk.pairs = pairs;
      this.#found();
    } catch (error) {
      if (looking.signal.aborted) return;
      say(root, 'alike-status', 'Not compared.');
      showFault(root, 'alike-error', error);
    }
  }

  /** Lists the pairs, under the names that the table has. */
  show(): void {
    const { root, pairs, grading } = this.#desk;
    const { revealed } = grading.work;
    if (this.#listed?.pairs === pairs && this.#listed.revealed === revealed) return;
    // Names stand over the two texts.
    if (this.#listed?.revealed !== revealed) part(root, 'sides').replaceChildren();
    this.#listed = { pairs, revealed };
    const nodes = pairs.slice(0, MOST_PAIRS).flatMap((pair) => this.#pair(pair));
    part(root, 'pairs').replaceChildren(...nodes);
    if (!this.#isCompared) return;
    if (pairs.length === 0) {
      say(root, 'alike-status', 'No two programs are nearly the same.');
      return;
    }
    say(
      root,
      'alike-status',
      `${counted(pairs.length, 'pair')} more alike than the task makes them. That is no proof: read both.` +
        (pairs.length > MOST_PAIRS ? ` The first ${MOST_PAIRS} are listed.` : ''),
    );
  }

  #pair(pair: AlikePair): HTMLElement[] {
    const { grading, titles } = this.#desk;
    const [one, other] = [grading.row(pair.one), grading.row(pair.other)];
    if (one === undefined || other === undefined) return [];
    const { revealed } = grading.work;
    const names = [one, other].map((row) => visibleText(rowName(row, revealed))).join(' and ');
    const task = titles.get(`exercise ${pair.exercise}`) ?? pair.exercise;
    const button = pressable(names, () => {
      this.#compare(pair);
    });
    const share = `${Math.round(pair.similarity * 100)} % of the shorter, in “${task}”`;
    return [
      make('li', {}, [button, ' ', make('span', { className: 'hw-note', textContent: share })]),
    ];
  }

  #compare({ one, other, exercise, places }: AlikePair): void {
    const { root, grading, show } = this.#desk;
    const side = (key: string, which: 'one' | 'other'): Node[] => {
      const row = grading.row(key);
      if (row === undefined) return [];
      const name = visibleText(rowName(row, grading.work.revealed));
      const lines = linesOf(places.map((place) => place[which]));
      const open = pressable('Open this hand-in', () => {
        show(row);
      });
      return [
        make('div', {}, [
          make('h5', { textContent: name }),
          markedView(codeOf(row, exercise), lines, `The code of ${name}`),
          open,
        ]),
      ];
    };
    const heading = make('h4', {
      tabIndex: -1,
      textContent: 'Side by side: the lines that match are marked',
    });
    part(root, 'sides').replaceChildren(
      heading,
      make('div', { className: 'hw-sides' }, [...side(one, 'one'), ...side(other, 'other')]),
    );
    heading.focus();
    find(root, '[data-part="sides"]').scrollIntoView({ block: 'nearest' });
  }
}
