import { readAssignment } from '../../../instructor/assignment-file.ts';
import { isAssignmentLink, readAssignmentLink } from '../../../instructor/assignment-link.ts';
import type { Assignment } from '../../../schemas/assignment.ts';
import { ReaderError } from '../../../shared/reader-error.ts';
import { actButton, find, make } from '../../live/dom.ts';
import { siteBase } from '../../live/services.ts';
import { visibleText } from '../../Output/visible-text.ts';
import { openShelf } from '../store/shelf.ts';
import { part, pressable, say, showFault } from './desk.ts';
import { fileTarget } from './file-target.ts';
import { counted, timeWords } from './words.ts';
import type { WorkStore } from './work-store.ts';
import type { Work } from './work.ts';

export interface OpenStepOptions {
  root: HTMLElement;
  store: Promise<WorkStore>;
  open: (assignment: Assignment) => Promise<void>;
  /** Opens the samples, hand-ins and all. */
  samples: () => Promise<void>;
}

/** The first step: which assignment. Its file, its link, one that was made here, or one whose grading has begun. */
export class OpenStep {
  readonly #options: OpenStepOptions;

  constructor(options: OpenStepOptions) {
    this.#options = options;
    const { root } = options;
    fileTarget(root, 'assignment', ([file]) => {
      if (file === undefined) return;
      void this.#try(async () => readAssignment(await file.blob.text()));
    });
    const form = find<HTMLFormElement>(root, '[data-form="link"]');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const field = find<HTMLInputElement>(form, 'input');
      void this.#try(() => Promise.resolve(assignmentOf(field.value)));
    });
    const samples = actButton(root, 'samples');
    samples.disabled = false;
    samples.addEventListener('click', () => {
      void this.#guard(options.samples);
    });
  }

  /** Lists the gradings that were begun here, and the assignments that were made here. */
  async show(): Promise<void> {
    const { root } = this.#options;
    const works = await (await this.#options.store).works();
    const begun = new Set(works.map(({ id }) => id));
    const rows = await Promise.all(works.map((work) => this.#workRow(work)));
    part(root, 'works').replaceChildren(...rows);
    part(root, 'works-box').hidden = rows.length === 0;
    const shelf = await openShelf();
    // A draft without items cannot be handed in.
    const made = (await shelf.all()).filter(
      ({ id, draft }) => !begun.has(id) && draft.items.length > 0,
    );
    shelf.close();
    part(root, 'made').replaceChildren(
      ...made.map(({ draft }) =>
        make('li', {}, [
          pressable(visibleText(draft.title || 'Untitled'), () => {
            void this.#try(() => Promise.resolve(readAssignment(JSON.stringify(draft))));
          }),
        ]),
      ),
    );
    part(root, 'made-box').hidden = made.length === 0;
  }

  async #workRow(work: Work): Promise<HTMLElement> {
    const store = await this.#options.store;
    const rows = (await store.rows(work.id)).filter(({ state }) => state === 'ready');
    const graded = rows.filter((row) => row.graded !== undefined).length;
    const open = pressable(`Go on with “${visibleText(work.assignment.title)}”`, () => {
      void this.#guard(() => this.#options.open(work.assignment));
    });
    const standing = `${graded} of ${counted(rows.length, 'hand-in')} graded; last worked at ${timeWords(new Date(work.updatedAt).toISOString())}`;
    return make('li', {}, [
      open,
      ' ',
      make('span', { className: 'hw-note', textContent: standing }),
    ]);
  }

  #try(read: () => Promise<Assignment>): Promise<void> {
    return this.#guard(async () => this.#options.open(await read()));
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    const { root } = this.#options;
    showFault(root, 'open-error');
    say(root, 'open-status', 'Opening…');
    try {
      await work();
      say(root, 'open-status', '');
    } catch (error) {
      say(root, 'open-status', 'Nothing was opened.');
      showFault(root, 'open-error', error);
    }
  }
}

/** The assignment of a pasted link. */
const assignmentOf = (link: string): Assignment => {
  const hash = link.indexOf('#');
  const fragment = hash < 0 ? link.trim() : link.slice(hash + 1).trim();
  if (isAssignmentLink(fragment)) return readAssignmentLink(fragment);
  throw new ReaderError({
    code: 'not-an-assignment-link',
    explain: 'This is no link to an assignment: what follows its # carries none.',
    hint: `Paste the link that the Build page gave; it begins with ${location.origin}${siteBase}assignment/#.`,
  });
};
