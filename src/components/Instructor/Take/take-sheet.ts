import { catalogueIndex } from '../../../instructor/catalogue.ts';
import type { Catalogue, CatalogueItem } from '../../../instructor/catalogue.ts';
import { writeAssignment } from '../../../instructor/assignment-file.ts';
import { studentKey } from '../../../instructor/student-key.ts';
import { variantSeed } from '../../../instructor/variant-seed.ts';
import type { Assignment, Item } from '../../../schemas/assignment.ts';
import type { Student } from '../../../schemas/hand-in.ts';
import { actButton, find, make } from '../../live/dom.ts';
import { siteBase } from '../../live/services.ts';
import { visibleText } from '../../Output/visible-text.ts';
import { markdownNodes } from '../shared/markdown-nodes.ts';
import { BeginForm } from './begin-form.ts';
import { startClock } from './due-clock.ts';
import { dueWords, isOver, leftWords } from './due-words.ts';
import { ItemCards } from './item-cards.ts';
import { fallbackTitle, ItemList, pointWords } from './item-list.ts';
import type { TermsContext } from './item-terms.ts';
import { keepOffline } from './keep-offline.ts';
import { HandInPanel } from './hand-in-panel.ts';
import { makeAnswers } from './make-answers.ts';
import { makeHandIn } from './make-hand-in.ts';
import { ruleWords } from './rule-words.ts';
import { progressOf } from './standing.ts';
import { itemKey, workAt } from './taken.ts';
import type { TakenAssignment, Work } from './taken.ts';
import type { TakenStore } from './taken-store.ts';

export interface SheetOptions {
  root: HTMLElement;
  store: TakenStore;
  assignment: Assignment;
  record: TakenAssignment;
  /** This printing of the book. */
  book: string;
  /** Who worked at an assignment in this browser last. */
  likely: Student | undefined;
}

/** The catalogue tells titles and versions; without it the page still works. */
const fetchCatalogue = async (): Promise<Map<string, CatalogueItem> | undefined> => {
  try {
    const response = await fetch(`${siteBase}exercises/index.json`);
    return response.ok ? catalogueIndex((await response.json()) as Catalogue) : undefined;
  } catch {
    return undefined;
  }
};

const offlineWords = {
  kept: 'Kept in this browser: it goes on without a network. What an exercise says it fetches comes when it first runs.',
  partly:
    'Not all of it could be kept for work without a network: stay online, or load the page again.',
  none: 'This browser does not keep the page for work without a network. Your answers are kept all the same.',
} as const;

/** One assignment on the page, from its title to its receipt. */
export class TakeSheet {
  readonly #options: SheetOptions;
  readonly #work = new Map<string, Work>();
  readonly #titles = new Map<string, string>();
  #record: TakenAssignment;
  #catalogue: Map<string, CatalogueItem> | undefined;
  #cards: ItemCards | undefined;
  #list: ItemList | undefined;
  #panel: HandInPanel | undefined;
  readonly #form: BeginForm;
  #stopClock: () => void = () => undefined;

  constructor(options: SheetOptions) {
    this.#options = options;
    this.#record = options.record;
    this.#form = new BeginForm(options.root, (student) => {
      void this.#begin(student);
      // The button that had the focus is gone.
      find(options.root, '#take-list').focus();
    });
  }

  async open(): Promise<void> {
    const { root, store, assignment, likely } = this.#options;
    for (const work of await store.work(assignment.id)) this.#work.set(itemKey(work), work);
    find(root, '[data-title]').textContent = visibleText(assignment.title);
    find(root, '[data-instructions]').replaceChildren(...markdownNodes(assignment.instructions));
    find(root, '[data-rules]').replaceChildren(
      ...ruleWords(assignment).map((textContent) => make('li', { textContent })),
    );
    find(root, '[data-part="work"]').hidden = true;
    await this.#saveRecord();
    for (const [act, place] of [
      ['to-list', '#take-list'],
      ['to-end', '#take-hand-in'],
    ] as const) {
      replaced(actButton(root, act)).addEventListener('click', () => {
        find(root, place).scrollIntoView({ block: 'start' });
        find(root, place).focus({ preventScroll: true });
      });
    }
    this.#stopClock = startClock(
      find(root, '[data-due]'),
      () => {
        const { student = {} } = this.#record;
        const now = Date.now();
        find(root, '[data-left]').textContent = leftWords(assignment, student, now);
        return dueWords(assignment, student, now);
      },
      (state) => {
        this.#form.allow(state !== 'early');
      },
    );
    const { student } = this.#record;
    if (student === undefined) this.#form.show(likely);
    else await this.#begin(student);
  }

  /** Another assignment takes the page. */
  async close(): Promise<void> {
    this.#stopClock();
    await this.#cards?.keepNow();
    find(this.#options.root, '[data-items]').replaceChildren();
  }

  async #begin(student: Student): Promise<void> {
    const { root, assignment } = this.#options;
    this.#form.hide();
    find(root, '[data-part="work"]').hidden = false;
    // What was typed under another name is kept before its editors go.
    await this.#cards?.keepNow();
    this.#record = {
      ...this.#record,
      student,
      startedAt: this.#record.startedAt ?? new Date().toISOString(),
    };
    await this.#saveRecord();
    find(root, '[data-who]').textContent =
      `${visibleText(student.name)}${student.id === '' ? '' : ` (${visibleText(student.id)})`}`;
    replaced(actButton(root, 'rename')).addEventListener('click', () => {
      find(root, '[data-part="work"]').hidden = true;
      this.#form.show(this.#record.student, { again: true });
    });
    this.#catalogue ??= await fetchCatalogue();
    const context: TermsContext = {
      assignment,
      over: () => isOver(assignment, student, Date.now()),
      // Where the browser computes no hashes, the book's own inputs serve; Hand in says what is wrong.
      seed: assignment.variants
        ? await variantSeed(assignment.id, studentKey(student)).catch(() => undefined)
        : undefined,
      work: (kind, id) => workAt(this.#work, { kind, id }),
      keep: (work) => {
        this.#keep(work);
      },
    };
    const cards = new ItemCards({
      root: find(root, '[data-items]'),
      assignment,
      context,
      catalogue: this.#catalogue,
      titled: (item, title) => {
        this.#titled(item, title);
      },
    });
    this.#cards = cards;
    const goTo = (item: Item): void => {
      cards.goTo(item);
    };
    this.#list = new ItemList(find(root, '[data-list]'), assignment.items, goTo);
    for (const item of assignment.items) {
      this.#titled(item, this.#catalogue?.get(itemKey(item))?.title ?? '');
    }
    this.#panel = this.#makePanel(goTo);
    this.#panel.clear();
    this.#panel.showReceipts(this.#record.handedIn);
    this.#show();
    await cards.mount();
    void this.#keepOffline();
  }

  #makePanel(goTo: (item: Item) => void): HandInPanel {
    const { root, assignment, book } = this.#options;
    const section = find(root, '[data-hand-in]');
    replaced(actButton(section, 'hand-in'));
    return new HandInPanel({
      root: section,
      items: assignment.items,
      title: (item) => this.#titleOf(item),
      goTo,
      settled: async () => {
        await this.#cards?.keepNow();
        return this.#work;
      },
      make: (work) =>
        makeHandIn({
          assignment,
          student: this.#record.student ?? { name: '', id: '' },
          book,
          startedAt: this.#record.startedAt ?? new Date().toISOString(),
          now: new Date(),
          answers: makeAnswers(assignment.items, work, this.#cards?.versions),
          titles: Object.fromEntries(this.#titles),
        }),
      made: async ({ at, receipt, answered }) => {
        const receipts = [
          ...this.#record.handedIn,
          { at, hash: receipt, answered, of: assignment.items.length },
        ];
        this.#record = { ...this.#record, handedIn: receipts };
        await this.#saveRecord(true);
        this.#panel?.showReceipts(receipts);
        this.#show();
      },
    });
  }

  #titleOf(item: Item): string {
    return (
      this.#titles.get(itemKey(item)) ??
      fallbackTitle(item, this.#options.assignment.items.indexOf(item))
    );
  }

  #titled(item: Item, title: string): void {
    if (title === '') return;
    this.#titles.set(itemKey(item), title);
    this.#list?.title(item, title);
  }

  #keep(work: Work): void {
    const { store, assignment } = this.#options;
    this.#work.set(itemKey(work), work);
    this.#show();
    void store.saveWork(assignment.id, work).then(() => {
      this.#tellStorage();
    });
  }

  async #saveRecord(sure = false): Promise<void> {
    const { store, assignment } = this.#options;
    this.#record = {
      ...this.#record,
      title: assignment.title,
      file: writeAssignment(assignment),
      updatedAt: Date.now(),
    };
    await store.saveAssignment(this.#record, { sure });
    this.#tellStorage();
  }

  /** Progress, the standing of each item, and whether the last hand-in is still the last word. */
  #show(): void {
    const { root, assignment } = this.#options;
    this.#list?.show(this.#work);
    const { answered, of, points } = progressOf(assignment.items, this.#work);
    const bar = find<HTMLProgressElement>(root, '[data-bar]');
    bar.max = of;
    bar.value = answered;
    find(root, '[data-progress]').textContent =
      `${answered} of ${of} answered; ${pointWords(points)} in all.`;
    const last = this.#record.handedIn.at(-1);
    const since =
      last !== undefined &&
      [...this.#work.values()].some(({ updatedAt }) => updatedAt > Date.parse(last.at));
    find(root, '[data-since]').textContent = since
      ? 'You have changed something since you last made a file: hand in again for it to count.'
      : '';
  }

  #tellStorage(): void {
    find(this.#options.root, '[data-storage]').textContent = this.#options.store.lasting
      ? ''
      : 'This browser keeps nothing: hand in before you leave this page, or your work is lost.';
  }

  async #keepOffline(): Promise<void> {
    const line = find(this.#options.root, '[data-offline]');
    line.textContent = 'Keeping what is needed for work without a network…';
    const state = await keepOffline(this.#options.assignment.items);
    line.dataset['state'] = state;
    line.textContent = offlineWords[state];
  }
}

/** The same button without the listeners that an earlier sheet gave it. */
const replaced = (button: HTMLButtonElement): HTMLButtonElement => {
  const fresh = button.cloneNode(true) as HTMLButtonElement;
  button.replaceWith(fresh);
  return fresh;
};
