import type { BatchInput } from '../../../instructor/batch/found-file.ts';
import {
  fillable,
  fillColumn,
  suggestedColumn,
} from '../../../instructor/gradebook/fill-column.ts';
import { nameIn, type Gradebook } from '../../../instructor/gradebook/gradebook.ts';
import type { MarkRow } from '../../../instructor/gradebook/mark-row.ts';
import { matchStudents, type Matching } from '../../../instructor/gradebook/match-students.ts';
import { readGradebook } from '../../../instructor/gradebook/read-gradebook.ts';
import { find, make } from '../../live/dom.ts';
import { saveBlob } from '../../live/save-blob.ts';
import { visibleText } from '../../Output/visible-text.ts';
import { part, say, showFault, type Desk } from './desk.ts';
import { markOf } from './mark-of.ts';
import { finished, knownOf, toMatch } from './mark-rows.ts';
import { counted } from './words.ts';

const whyWords = {
  none: 'nobody like that in the gradebook',
  ambiguous: 'several in the gradebook could be meant',
  contradiction: 'the id is of one student, the name of another',
  taken: 'two hand-ins would fill one row',
} as const;

/** The course's own gradebook: students are matched, one column is filled, all else stays as it is. */
export class GradebookPart {
  readonly #desk: Desk;
  #opened: { name: string; table: Gradebook } | undefined;
  #matched: { table: Gradebook; of: string; matching: Matching } | undefined;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  begin(): void {
    this.#opened = undefined;
    this.hide();
  }

  hide(): void {
    part(this.#desk.root, 'gradebook').hidden = true;
  }

  async open(file: BatchInput): Promise<void> {
    const { root, grading } = this.#desk;
    showFault(root, 'export-error');
    try {
      const table = readGradebook(new Uint8Array(await file.blob.arrayBuffer()));
      this.#opened = { name: file.path.replace(/^.*\//, ''), table };
      const columns = fillable(table);
      find(root, '#grade-columns').replaceChildren(
        ...columns.map((value) => make('option', { value: visibleText(value) })),
      );
      const { title } = grading.work.assignment;
      find<HTMLInputElement>(root, '[name="column"]').value = suggestedColumn(table, title);
      this.show();
    } catch (error) {
      this.begin();
      showFault(root, 'export-error', error);
    }
  }

  /** Says who was matched and who was not. */
  show(): void {
    if (this.#opened === undefined) return;
    const { root } = this.#desk;
    const { table, name } = this.#opened;
    const matching = this.#matching(table);
    part(root, 'gradebook').hidden = false;
    say(
      root,
      'matched',
      `${visibleText(name)}: ${counted(matching.matched.length, 'student')} matched, ` +
        `${matching.unmatched.length} not; ${matching.absent.length} of the gradebook have no hand-in that was read and matched.`,
    );
    part(root, 'unmatched').replaceChildren(
      ...this.#doubts(table, matching).map((textContent) => make('li', { textContent })),
    );
  }

  /** What the gradebook knows of each matched student, by the key of the row. */
  get known(): Map<string, Partial<MarkRow>> {
    if (this.#opened === undefined) return new Map();
    return knownOf(this.#opened.table, this.#matching(this.#opened.table));
  }

  /** The column of the gradebook that is to be filled, if it has one of that name. */
  get column(): string | undefined {
    if (this.#opened === undefined) return undefined;
    const wanted = find<HTMLInputElement>(this.#desk.root, '[name="column"]').value.trim();
    return fillable(this.#opened.table).find((column) => column.trim() === wanted);
  }

  /** Saves the gradebook with one column filled. Throws what `fillColumn` does. */
  fill(possible: number): void {
    if (this.#opened === undefined) return;
    const { root, grading } = this.#desk;
    const { table, name } = this.#opened;
    const column = find<HTMLInputElement>(root, '[name="column"]').value;
    const done = new Map(finished(grading.work, grading.current).map((row) => [row.key, row]));
    const marks = new Map<number, number>();
    for (const { key, row } of this.#matching(table).matched) {
      const mark = done.has(key) ? markOf(grading.work, done.get(key)!) : undefined;
      if (mark !== undefined) marks.set(row, mark.mark);
    }
    const { bytes, changes, added } = fillColumn(table, { column, marks, possible });
    saveBlob(new Blob([bytes], { type: 'text/csv' }), name);
    const where = added ? ', in a column of its own at the end' : '';
    say(
      root,
      'export-status',
      `Saved: ${counted(changes.length, 'cell')} of “${column}” filled${where}.`,
    );
  }

  /** Grading tells of every row; who is matched with whom changes only with the hand-ins themselves. */
  #matching(table: Gradebook): Matching {
    const students = toMatch(this.#desk.grading.rows);
    const of = students.map(({ key }) => key).join('\n');
    if (this.#matched?.table !== table || this.#matched.of !== of) {
      this.#matched = { table, of, matching: matchStudents(table, students) };
    }
    return this.#matched.matching;
  }

  /** One sentence for each who was not matched, or perhaps wrongly. */
  #doubts({ students, roles }: Gradebook, { matched, unmatched }: Matching): string[] {
    const { grading } = this.#desk;
    const nameOf = (key: string): string => grading.row(key)?.handIn?.student.name ?? key;
    const inTable = (row: number): string => {
      const student = students[row];
      return student === undefined ? '' : nameIn(student, roles);
    };
    return [
      ...unmatched.map(({ key, why, rows }) => {
        const which = rows.length > 0 ? ` (${rows.slice(0, 4).map(inTable).join(', ')})` : '';
        return `${nameOf(key)}: ${whyWords[why]}${which}`;
      }),
      ...matched
        .filter(({ nameDiffers }) => nameDiffers)
        .map(
          ({ key, row, by }) =>
            `${nameOf(key)} is matched with ${inTable(row)} by ${by}, though the names differ`,
        ),
    ].map(visibleText);
  }
}
