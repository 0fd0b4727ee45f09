import { catalogueKey } from '../../../instructor/catalogue.ts';
import type { GradedItem } from '../../../instructor/grade/graded.ts';
import { own } from '../../../instructor/grade/own.ts';
import type { Item } from '../../../schemas/assignment.ts';
import type { Answer } from '../../../schemas/hand-in.ts';
import { find, make } from '../../live/dom.ts';
import { markdownNodes } from '../shared/markdown-nodes.ts';
import { decisionForm } from './decision-form.ts';
import { exerciseView, writtenView } from './item-views.ts';
import { detailHead, remarkList, type DetailOptions } from './detail-head.ts';
import { quizView } from './quiz-view.ts';
import { latenessOf, markOf, rubricPoints } from './mark-of.ts';
import { remarkWords } from './remark-words.ts';
import { counted } from './words.ts';
import type { ItemMarking, Marking } from './work.ts';

const statusWords: Readonly<Record<GradedItem['status'], string>> = {
  passed: '✓ right',
  partial: '◐ in part',
  failed: '✗ not right',
  missing: '– not handed in',
  'to-mark': '○ to be marked',
  'not-graded': '✗ could not be graded',
};

/** What an item is worth and what it has earned, but for the instructor's own points. */
const itemWords = (
  item: Item,
  graded: GradedItem | undefined,
  decided: ItemMarking | undefined,
): string => {
  const worth = counted(item.points, 'point');
  if (graded === undefined) return worth;
  const byRubric = item.kind === 'written' ? rubricPoints(item, decided?.rubric) : undefined;
  if (byRubric !== undefined) return `${byRubric} of ${worth} by the rubric`;
  if (item.kind === 'written') return `${worth}: ${statusWords[graded.status]}`;
  return `${graded.earned} of ${worth} by the re-run: ${statusWords[graded.status]}`;
};

/** One hand-in whole: what came, what the re-run found, and where the instructor decides. */
export class DetailView {
  readonly #root: HTMLElement;
  readonly #options: DetailOptions;

  constructor(root: HTMLElement, options: DetailOptions) {
    this.#root = root;
    this.#options = options;
  }

  /** Draws everything. What the instructor types afterwards redraws the sums only, so that no field loses its focus. */
  async draw(isWanted: () => boolean): Promise<boolean> {
    const { work, row } = this.#options;
    const items = await Promise.all(work().assignment.items.map((item) => this.#item(item)));
    // The instructor may have gone on to another hand-in meanwhile.
    if (!isWanted()) return false;
    const comment = make('textarea', { rows: 3, value: row().marking.comment, maxLength: 5_000 });
    comment.dataset['comment'] = 'all';
    comment.addEventListener('change', () => {
      this.#change({ ...row().marking, comment: comment.value.trim() });
    });
    this.#root.replaceChildren(
      detailHead(this.#options),
      ...items,
      make('div', { className: 'grade-decision' }, [
        make('label', {}, ['Comment on the whole, for the student', comment]),
      ]),
    );
    this.#sums();
    return true;
  }

  #change(marking: Marking): void {
    this.#options.change(marking);
    this.#sums();
  }

  async #item(item: Item): Promise<HTMLElement> {
    const { titles } = this.#options;
    const key = catalogueKey(item);
    const row = this.#options.row();
    const graded = row.graded?.items.find((each) => catalogueKey(each) === key);
    const answer = row.handIn?.answers.find((each) => catalogueKey(each) === key);
    const body = await this.#body(item, answer, graded);
    const section = make('section', { className: 'grade-item' }, [
      make('h4', { textContent: titles.get(key) ?? item.id }),
      make('p', { className: 'grade-item-mark' }),
      ...remarkList(
        graded?.remarks.map((remark) => remarkWords(remark, this.#options.work().revealed)) ?? [],
      ),
      ...body,
      ...decisionForm({
        item,
        marking: () => this.#options.row().marking,
        change: (marking) => {
          this.#change(marking);
        },
      }),
    ]);
    section.dataset['item'] = key;
    return section;
  }

  async #body(
    item: Item,
    answer: Answer | undefined,
    graded: GradedItem | undefined,
  ): Promise<Node[]> {
    const { book, work } = this.#options;
    if (item.kind === 'written') {
      const text = answer?.kind === 'written' ? answer.text : undefined;
      return writtenView(item, text, markdownNodes(item.prompt, { heading: 5 }));
    }
    const { pinned, pinnedQuestions } = work().assignment;
    if (item.kind === 'quiz') {
      const sheet = await book.question(item.id).catch(() => undefined);
      const versions = { book: sheet, pinned: own(pinnedQuestions, item.id) };
      // Its title is the question.
      return quizView(answer?.kind === 'quiz' ? answer : undefined, versions, graded);
    }
    const kept = own(pinned, item.id)?.starter;
    const starter = kept ?? (await book.sheet(item.id).catch(() => undefined))?.starter;
    return exerciseView(answer?.kind === 'exercise' ? answer : undefined, graded, starter);
  }

  /** Writes the marks where they stand. */
  #sums(): void {
    const [work, row] = [this.#options.work(), this.#options.row()];
    const mark = markOf(work, row);
    const late = latenessOf(work, row);
    find(this.#root, '.grade-sum').textContent =
      mark === undefined
        ? 'Not run again yet.'
        : `${mark.mark} of ${counted(mark.possible, 'point')}` +
          (late !== undefined && late.factor < 1
            ? ` (${mark.earned} before lateness, × ${late.factor})`
            : '') +
          (mark.toMark > 0 ? `, ${mark.toMark} to be marked` : '');
    for (const item of work.assignment.items) {
      const key = catalogueKey(item);
      const graded = row.graded?.items.find((each) => catalogueKey(each) === key);
      const section = find(this.#root, `[data-item="${key}"]`);
      const place = find(section, '.grade-item-mark');
      const decided = row.marking.items[key];
      place.textContent =
        itemWords(item, graded, decided) +
        (decided?.override === undefined ? '' : `. Yours: ${decided.override}`);
      section.dataset['status'] = graded?.status ?? 'waiting';
    }
  }
}
