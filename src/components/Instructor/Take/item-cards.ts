import { tokenizeTypescript } from '../../../highlight/tokenize-typescript.ts';
import type { CatalogueItem } from '../../../instructor/catalogue.ts';
import type { Assignment, ExerciseItem, Item, QuizItem } from '../../../schemas/assignment.ts';
import { ReaderError } from '../../../shared/reader-error.ts';
import { codeNodes, lineNumbers } from '../../Editor/code-nodes.ts';
import { ExerciseElement } from '../../Exercise/exercise.client.ts';
import { announce } from '../../live/announce.ts';
import { find, make } from '../../live/dom.ts';
import { openStore } from '../../live/services.ts';
import { errorNotice } from '../../Output/error-notice.ts';
import { QuizElement } from '../../Quiz/quiz.client.ts';
import { fetchEmbed } from './fetch-embed.ts';
import { pointWords } from './item-list.ts';
import { exerciseTerms, quizTerms } from './item-terms.ts';
import type { TermsContext } from './item-terms.ts';
import { itemVersionAt } from './item-versions.ts';
import { itemKey } from './taken.ts';
import { writtenAnswer } from './written-answer.ts';

export interface CardsOptions {
  root: HTMLElement;
  assignment: Assignment;
  context: TermsContext;
  catalogue: ReadonlyMap<string, CatalogueItem> | undefined;
  /** Told of the title of an item, once it is known. */
  titled: (item: Item, title: string) => void;
}

/** The items of an assignment in their places, each under the assignment's terms. */
export class ItemCards {
  /** By `itemKey`: what the student's answers are to be judged by. */
  readonly versions = new Map<string, string>();
  readonly #options: CardsOptions;
  readonly #cards = new Map<string, HTMLElement>();
  /** What saves at once what waits to be saved. */
  readonly #keepers: (() => void | Promise<void>)[] = [];

  constructor(options: CardsOptions) {
    this.#options = options;
  }

  /** Shows a place for every item, and fills the places as the items come. */
  async mount(): Promise<void> {
    const { root, assignment } = this.#options;
    root.replaceChildren(
      ...assignment.items.map((item, index) => {
        const head = make('p', { className: 'take-item-head', tabIndex: -1 }, [
          make('b', { textContent: `${index + 1} of ${assignment.items.length}` }),
          ` · ${pointWords(item.points)}`,
        ]);
        const place = make('div', { className: 'take-item-place' });
        const card = make('div', { className: 'take-item' }, [head, place]);
        card.dataset['item'] = itemKey(item);
        this.#cards.set(itemKey(item), card);
        return card;
      }),
    );
    await Promise.all(assignment.items.map((item, index) => this.#fill(item, index)));
  }

  goTo(item: Item): void {
    const head = this.#cards.get(itemKey(item))?.querySelector<HTMLElement>('.take-item-head');
    head?.scrollIntoView({ block: 'start' });
    head?.focus({ preventScroll: true });
  }

  /** Saves what was typed in the last moment. */
  async keepNow(): Promise<void> {
    await Promise.all(this.#keepers.map((keepNow) => keepNow()));
  }

  async #fill(item: Item, index: number): Promise<void> {
    const card = this.#cards.get(itemKey(item));
    if (card === undefined) return;
    const place = find(card, '.take-item-place');
    if (item.kind === 'written') {
      const { assignment, context } = this.#options;
      const { element, keepNow } = writtenAnswer({
        item,
        key: `assignment/${assignment.id}/written/${item.id}`,
        number: index + 1,
        kept: context.work('written', item.id),
        keep: context.keep,
      });
      this.#keepers.push(keepNow);
      place.replaceChildren(element);
      return;
    }
    place.replaceChildren(make('p', { className: 'hw-note', textContent: 'Fetching…' }));
    try {
      await this.#bring(item, card, place);
    } catch (error) {
      if (!(error instanceof ReaderError)) console.warn(error);
      const again = make('button', { type: 'button', textContent: 'Try again' });
      again.addEventListener('click', () => {
        void this.#fill(item, index);
      });
      place.replaceChildren(
        errorNotice(
          error instanceof ReaderError
            ? error.toData()
            : { code: 'item-failed', explain: 'This part of the assignment could not be shown.' },
        ),
        again,
      );
    }
  }

  /** Fetches an exercise or a question and puts it into its place. */
  async #bring(
    item: ExerciseItem | QuizItem,
    card: HTMLElement,
    place: HTMLElement,
  ): Promise<void> {
    const { assignment, catalogue, context, titled } = this.#options;
    const at = itemVersionAt(item, assignment.pinned, catalogue);
    const { element, title } = await fetchEmbed(item.kind, item.id);
    if (at !== undefined) this.versions.set(itemKey(item), at.version);
    if (element instanceof ExerciseElement) {
      element.terms = exerciseTerms(item.id, context, at?.pinned);
      if (at?.pinned !== undefined) showStarter(element, at.pinned.starter.trimEnd());
      this.#keepers.push(() => element.keepNow());
      void offerOwnText(element, card, context.work('exercise', item.id)?.record.code ?? '');
    } else if (element instanceof QuizElement) {
      element.terms = quizTerms(item.id, context);
    }
    const drift = make('p', {
      className: 'take-drift',
      textContent:
        'The book has changed this since the assignment was made. Work with it as it stands: your instructor’s page says so beside your marks.',
    });
    place.replaceChildren(...(at?.drift ? [drift] : []), element);
    titled(item, title);
  }
}

/** The starter as it was when the assignment was made. */
const showStarter = (element: HTMLElement, starter: string): void => {
  const editor = find(element, '[data-editor]');
  find(editor, 'pre').replaceChildren(...codeNodes(tokenizeTypescript(starter)));
  editor.dataset['lines'] = lineNumbers(starter);
};

/** Work at the same exercise in the book can be brought here; it never comes by itself. */
const offerOwnText = async (
  element: ExerciseElement,
  card: HTMLElement,
  here: string,
): Promise<void> => {
  const own = await openStore()
    .then((store) => store.exercise(element.exercise))
    .catch(() => undefined);
  if (here !== '' || own === undefined || own.code === '') return;
  const button = make('button', { type: 'button', textContent: 'Bring my text from the book' });
  button.addEventListener('click', () => {
    element.takeText(own.code);
    button.remove();
    announce('Your text from the book is in the editor. “Undo reset” gives back what stood there.');
  });
  find(card, '.take-item-head').after(button);
};
