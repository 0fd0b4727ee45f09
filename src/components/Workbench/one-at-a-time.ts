import { write } from './parts.ts';

/** One piece of work at a time; `data-state` of the component says whether there is one. */
export class OneAtATime {
  readonly #root: HTMLElement;
  #isBusy = false;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** Does the work, or says in the status region of that name why not now. */
  async do(status: string, work: () => Promise<void>): Promise<void> {
    if (this.#isBusy) {
      write(this.#root, status, 'Something is under way: wait for it, or stop it first.');
      return;
    }
    this.#isBusy = true;
    this.#root.dataset['state'] = 'busy';
    try {
      await work();
    } finally {
      this.#isBusy = false;
      this.#root.dataset['state'] = 'ready';
    }
  }
}
