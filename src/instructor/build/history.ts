/** Edits of one key within this time are one step: a word typed, not each of its letters. */
const TOGETHER_MS = 1_500;
const MOST_STEPS = 200;

/** The states that something went through, to be undone and done again. States are values: never changed in place. */
export class History<T> {
  #past: T[] = [];
  #present: T;
  #future: T[] = [];
  #lastKey: string | undefined;
  #lastAt = -Infinity;

  constructor(present: T) {
    this.#present = present;
  }

  get present(): T {
    return this.#present;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /**
   * Goes on to another state.
   *
   * @param key - names what is edited; a further edit of the same within a moment joins the last step
   */
  push(next: T, key?: string, now = Date.now()): void {
    if (next === this.#present) return;
    const joins = key !== undefined && key === this.#lastKey && now - this.#lastAt < TOGETHER_MS;
    if (!joins || this.#past.length === 0) this.#past.push(this.#present);
    if (this.#past.length > MOST_STEPS) this.#past.shift();
    this.#present = next;
    this.#future = [];
    this.#lastKey = key;
    this.#lastAt = now;
  }

  undo(): T {
    const before = this.#past.pop();
    if (before === undefined) return this.#present;
    this.#future.push(this.#present);
    return this.#arrive(before);
  }

  redo(): T {
    const after = this.#future.pop();
    if (after === undefined) return this.#present;
    this.#past.push(this.#present);
    return this.#arrive(after);
  }

  #arrive(state: T): T {
    this.#present = state;
    this.#lastKey = undefined;
    return state;
  }
}
