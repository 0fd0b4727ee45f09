import { announce } from '../live/announce.ts';
import { find } from '../live/dom.ts';
import type { fetchSheet } from './exercise-sheet.ts';
import { showHints } from './hint-list.ts';

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
  /** The reader's text. */
  code: () => string;
  save: () => void;
}

/** The hints, one at a time, and the solution, which opens after the last of them or after a pass. */
export class ExerciseAids {
  readonly #options: AidsOptions;

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
    const { root, sheet, record, code, save } = this.#options;
    const left = this.#hintCount - record().hintsShown;
    if (record().passedAt === undefined && left > 0) {
      announce(`The solution opens when your code passes, or after the hints: ${left} to go.`);
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

  get #hintCount(): number {
    return Number(this.#options.root.dataset['hintCount']);
  }
}
