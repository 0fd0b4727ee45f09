import { ReaderError } from '../shared/reader-error.ts';

/** How long work may go on before messages, such as Stop, get their turn. */
const LONGEST_STRETCH_MS = 25;

/** Who watches the work, and may stop it. */
export interface RunControl {
  /** Called with the units of work done, all there are, and what is being done. */
  onProgress?: (done: number, total: number, label: string) => void;
  /** Stops the work at its next step or batch. */
  signal?: AbortSignal;
}

/** How long a step took. */
export interface StepTime {
  step: string;
  milliseconds: number;
}

/** Counts work, tells who watches, lets other messages in between, and stops when told to. */
export class Progress {
  readonly times: StepTime[] = [];
  readonly #total: number;
  readonly #control: RunControl;
  #done = 0;
  #label = '';
  #stepBegan = 0;
  #lastPause = performance.now();

  /** @param total - units of work that {@link advance} will count */
  constructor(total: number, control: RunControl) {
    this.#total = total;
    this.#control = control;
  }

  /** Begins a step. */
  async begin(label: string): Promise<void> {
    this.#endStep();
    this.#label = label;
    this.#stepBegan = performance.now();
    this.#tell();
    await this.pause();
  }

  /** Says that so many units of the step are done. */
  async advance(units = 1): Promise<void> {
    this.#done = Math.min(this.#total, this.#done + units);
    this.#tell();
    await this.pause();
  }

  /** Ends the last step. */
  finish(): void {
    this.#endStep();
    this.#done = this.#total;
    this.#label = 'done';
    this.#tell();
  }

  /**
   * Lets messages in when it is time to.
   *
   * @throws ReaderError `stopped`
   */
  async pause(): Promise<void> {
    if (performance.now() - this.#lastPause > LONGEST_STRETCH_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      this.#lastPause = performance.now();
    }
    if (this.#control.signal?.aborted) throw stopped(this.#label);
  }

  #endStep(): void {
    if (this.#label === '') return;
    const milliseconds = performance.now() - this.#stepBegan;
    this.times.push({ step: this.#label, milliseconds });
  }

  #tell(): void {
    this.#control.onProgress?.(this.#done, this.#total, this.#label);
  }
}

function stopped(label: string): ReaderError {
  return new ReaderError({
    code: 'stopped',
    explain: `Stopped while ${label || 'beginning'}; nothing was made.`,
  });
}
