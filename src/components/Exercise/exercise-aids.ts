import { announce } from '../live/announce.ts';
import { actButton, find } from '../live/dom.ts';
import type { fetchSheet } from './exercise-sheet.ts';
import type { ExerciseTerms } from './exercise-terms.ts';
import { showHints } from './hint-list.ts';
import { hintLabel } from './terms-view.ts';

type Sheet = Awaited<ReturnType<typeof fetchSheet>>;

/** What the aids read and keep of the exercise's record. */
interface Aided {
  hintsShown: number;
  solutionShown: boolean;
  passedAt?: number | undefined;
}

export interface AidsOptions {
  /** The exercise's element. */
  root: HTMLElement;
  sheet: () => Promise<Sheet>;
  record: () => Aided;
  terms: () => ExerciseTerms;
  /** The reader's text. */
  code: () => string;
  save: () => void;
}

/** The hints, one at a time, and the solution, when the terms open it. */
export class ExerciseAids {
  readonly #options: AidsOptions;
  /** Whether the reader was told what the next hint costs. */
  #told = false;

  constructor(options: AidsOptions) {
    this.#options = options;
  }

  async nextHint(): Promise<void> {
    const { root, record, save } = this.#options;
    const shown = record().hintsShown;
    if (shown >= this.#hintCount) {
      announce('That was the last hint.');
      return;
    }
    if (!this.#agreed()) return;
    if (await this.showHints(shown + 1)) {
      record().hintsShown = shown + 1;
      save();
      find(root, '[data-hints] > :last-child h4').focus();
    }
  }

  /** Shows the first `count` hints; false when they could not be fetched. */
  async showHints(count: number): Promise<boolean> {
    const { root, sheet } = this.#options;
    try {
      const { hints } = await sheet();
      showHints(find(root, '[data-hints]'), hints, count);
      return true;
    } catch (error) {
      console.warn(error);
      announce('The hints could not be fetched. Check the connection and try again.');
      return false;
    }
  }

  async solution(): Promise<void> {
    const { root, sheet, record, terms, code, save } = this.#options;
    const closed = terms().solutionClosed(record(), this.#hintCount - record().hintsShown);
    if (closed !== undefined) {
      announce(closed);
      return;
    }
    try {
      const { showSolution } = await import('./solution-view.ts');
      const { solution } = await sheet();
      await showSolution(find(root, '[data-solution]'), code(), solution);
      record().solutionShown = true;
      save();
    } catch (error) {
      console.warn(error);
      announce('The solution could not be fetched. Check the connection and try again.');
    }
  }

  /** A hint that costs is shown at the second press: the first says what it costs. */
  #agreed(): boolean {
    const { root, terms } = this.#options;
    const percent = terms().hintPercent;
    if (percent === 0) return true;
    const button = actButton(root, 'hint');
    const calm = (): void => {
      this.#told = false;
      button.textContent = hintLabel(percent);
    };
    if (this.#told) {
      calm();
      return true;
    }
    this.#told = true;
    button.textContent = hintLabel(percent, true);
    button.addEventListener('blur', calm, { once: true });
    announce(`A hint costs ${percent}% of the points here. Press again to see it.`);
    return false;
  }

  get #hintCount(): number {
    return Number(this.#options.root.dataset['hintCount']);
  }
}
