import { find } from '../live/dom.ts';
import { soon } from '../live/services.ts';
import { bookQuizTerms } from './quiz-terms.ts';
import type { QuizTerms } from './quiz-terms.ts';

/** A question with one right option: every option says why, and the reader may try again. */
export class QuizElement extends HTMLElement {
  /** Where answers go: to the book's store, unless others are set before the element enters a page. */
  terms: QuizTerms | undefined;
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

  private get rules(): QuizTerms {
    this.terms ??= bookQuizTerms(this.quiz, this.dataset['place'] ?? '');
    return this.terms;
  }

  /** Answers that the terms still allow; the same one given twice is one. */
  private get left(): number {
    const { attempts } = this.rules;
    return attempts === 0 ? Infinity : Math.max(0, attempts - new Set(this.answers).size);
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
    if (this.left === 0) {
      this.say('No more answers are allowed here.');
      return;
    }
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
          : this.left === 0
            ? 'Not so. That was the last answer allowed.'
            : 'Not so. Read why, and try again.',
    );
    await this.restored;
    this.rules.save([...this.answers], this.correct);
  }

  /** Opens the explanation of the answer; once it was right, those of all options. */
  private show(chosen: number): void {
    find(this, '[data-quiz]').dataset['state'] = this.correct ? 'passed' : 'failed';
    const all = this.correct && this.rules.explainsAll();
    for (const [index, option] of this.options.entries()) {
      const shown = all || index === chosen;
      option.toggleAttribute('data-shown', shown);
      option.toggleAttribute('data-chosen', index === chosen);
      find<HTMLDetailsElement>(option, 'details').open = shown;
    }
  }

  private say(sentence: string): void {
    find(this, '.hw-status').textContent = sentence;
  }

  private async restore(): Promise<void> {
    const kept = await this.rules.load().catch((): readonly number[] => []);
    const last = kept.at(-1);
    if (last === undefined || this.answers.length > 0) return;
    this.answers = [...kept];
    const option = this.options[last];
    if (option !== undefined) find<HTMLInputElement>(option, 'input').checked = true;
    this.show(last);
    this.say(
      this.correct ? 'Answered rightly before.' : 'Answered before, not rightly: try again.',
    );
  }
}

customElements.define('hw-quiz', QuizElement);
