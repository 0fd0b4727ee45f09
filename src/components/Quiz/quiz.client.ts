import { find } from '../live/dom.ts';
import { keep, openStore, soon } from '../live/services.ts';

/** A question with one right option: every option says why, and the reader may try again. */
export class QuizElement extends HTMLElement {
  private answers: number[] = [];
  private restored: Promise<void> | undefined;

  connectedCallback(): void {
    if (this.restored !== undefined) return;
    find(this, 'form').addEventListener('submit', (event) => {
      event.preventDefault();
      void this.answer();
    });
    this.restored = this.restore();
  }

  private get quiz(): string {
    return find(this, '[data-quiz]').dataset['quiz'] ?? '';
  }

  private get options(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.hw-option')];
  }

  private get correct(): boolean {
    const options = this.options;
    return this.answers.some((answer) => options[answer]?.dataset['correct'] !== undefined);
  }

  private async answer(): Promise<void> {
    await soon(this.restored);
    const chosen = this.options.findIndex(
      (option) => find<HTMLInputElement>(option, 'input').checked,
    );
    if (chosen < 0) {
      this.say('Choose an option first.');
      find(this, 'input').focus();
      return;
    }
    this.answers.push(chosen);
    const right = this.options[chosen]?.dataset['correct'] !== undefined;
    this.show(chosen);
    this.say(
      right
        ? 'Right.'
        : this.correct
          ? 'Not so; you had it before.'
          : 'Not so. Read why, and try again.',
    );
    const { quiz: id, answers, correct } = this;
    const section = this.dataset['place'] ?? '';
    await this.restored;
    keep((store) =>
      store.saveQuiz({ id, answers: [...answers], correct, section, updatedAt: Date.now() }),
    );
  }

  /** Opens the explanation of the answer; once it was right, those of all options. */
  private show(chosen: number): void {
    find(this, '[data-quiz]').dataset['state'] = this.correct ? 'passed' : 'failed';
    for (const [index, option] of this.options.entries()) {
      const shown = this.correct || index === chosen;
      option.toggleAttribute('data-shown', shown);
      option.toggleAttribute('data-chosen', index === chosen);
      find<HTMLDetailsElement>(option, 'details').open = shown;
    }
  }

  private say(sentence: string): void {
    find(this, '.hw-status').textContent = sentence;
  }

  private async restore(): Promise<void> {
    const record = await openStore()
      .then((store) => store.quiz(this.quiz))
      .catch(() => undefined);
    const last = record?.answers.at(-1);
    if (record === undefined || last === undefined || this.answers.length > 0) return;
    this.answers = [...record.answers];
    const option = this.options[last];
    if (option !== undefined) find<HTMLInputElement>(option, 'input').checked = true;
    this.show(last);
    this.say(
      this.correct ? 'Answered rightly before.' : 'Answered before, not rightly: try again.',
    );
  }
}

customElements.define('hw-quiz', QuizElement);
