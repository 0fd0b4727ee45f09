import { isSettled, markOf, type Scored } from '../../../../instructor/scorm/score.ts';

const find = <T extends Element>(root: Element, selector: string): T =>
  root.querySelector<T>(selector)!;

/** One question on the page of the package. */
export class Question {
  readonly #form: HTMLFormElement;
  readonly #scored: Scored;

  /** @param onAnswer hears the index of the option that was chosen */
  constructor(form: HTMLFormElement, scored: Scored, onAnswer: (option: number) => void) {
    this.#form = form;
    this.#scored = scored;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const chosen = form.querySelector<HTMLInputElement>('input:checked');
      if (chosen) {
        onAnswer(Number(chosen.value));
        // The button that had the focus may have been closed with the question.
        if (find<HTMLButtonElement>(form, 'button').disabled)
          find<HTMLElement>(form, '.answer').focus();
      } else {
        this.#say('Choose an option first.');
        find<HTMLInputElement>(form, 'input').focus();
      }
    });
  }

  /** Shows what was tried so far; `open` is false once nothing more is taken. */
  show(tried: readonly number[], open: boolean): void {
    const { correct } = this.#scored;
    const last = tried.at(-1);
    const right = tried.includes(correct);
    const closed = !open || isSettled(this.#scored, tried);
    this.#form.dataset['state'] = right ? 'right' : tried.length > 0 ? 'wrong' : 'open';
    for (const option of this.#form.querySelectorAll<HTMLElement>('.option')) {
      const index = Number(option.dataset['option']);
      const shown = right || tried.includes(index);
      find<HTMLElement>(option, '.why').hidden = !shown;
      if (shown) option.dataset['correct'] = String(index === correct);
      const input = find<HTMLInputElement>(option, 'input');
      if (index === last) input.checked = true;
      input.disabled = closed;
    }
    find<HTMLButtonElement>(this.#form, 'button').disabled = closed;
    if (last === undefined) return;
    if (right) this.#say(this.#won(tried));
    else
      this.#say(closed ? 'Not so. No more answers are taken.' : 'Not so. Read why, and try again.');
  }

  #won(tried: readonly number[]): string {
    const { points } = this.#scored;
    const earned = markOf(this.#scored, tried);
    return earned < points ? `Right, after other tries: ${earned} of ${points} points.` : 'Right.';
  }

  #say(sentence: string): void {
    find<HTMLElement>(this.#form, '.answer').textContent = sentence;
  }
}
