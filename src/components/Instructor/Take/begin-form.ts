import type { Student } from '../../../schemas/hand-in.ts';
import { actButton, find } from '../../live/dom.ts';

/** Who does the assignment: asked before it begins, and again when it is to be changed. */
export class BeginForm {
  readonly #form: HTMLFormElement;
  readonly #name: HTMLInputElement;
  readonly #number: HTMLInputElement;
  readonly #status: HTMLElement;

  constructor(root: HTMLElement, begin: (student: Student) => void) {
    // A form of an assignment that was open before keeps no listener.
    const old = find<HTMLFormElement>(root, '[data-begin]');
    this.#form = old.cloneNode(true) as HTMLFormElement;
    old.replaceWith(this.#form);
    this.#name = find<HTMLInputElement>(this.#form, 'input[name="student"]');
    this.#number = find<HTMLInputElement>(this.#form, 'input[name="number"]');
    this.#status = find(this.#form, '[data-begin-status]');
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      const name = this.#name.value.trim();
      if (name === '') {
        this.#status.textContent = 'Your name is needed: your work is handed in under it.';
        this.#name.focus();
        return;
      }
      begin({ name, id: this.#number.value.trim() });
    });
  }

  show(student: Student | undefined, { again = false } = {}): void {
    if (student !== undefined) {
      this.#name.value = student.name;
      this.#number.value = student.id;
    }
    actButton(this.#form, 'begin').textContent = again ? 'Keep this and go on' : 'Begin';
    this.#form.hidden = false;
    if (again) this.#name.focus();
  }

  hide(): void {
    this.#form.hidden = true;
  }

  /** Before the time of opening there is nothing to begin. */
  allow(allowed: boolean): void {
    actButton(this.#form, 'begin').disabled = !allowed;
    this.#status.textContent = allowed ? '' : 'It cannot be begun before it opens.';
  }
}
