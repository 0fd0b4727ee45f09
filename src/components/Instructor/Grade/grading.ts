import type { BatchRow } from '../../../instructor/batch/batch-row.ts';
import { gradeBatch, gradingStamp } from '../../../instructor/grade/grade-batch.ts';
import type { GradeContext, GradedHandIn } from '../../../instructor/grade/graded.ts';
import { newGradingSeed } from '../../../instructor/grade/grading-seed.ts';
import type { QueueHandle, QueueProgress } from '../../../instructor/grade/queue.ts';
import type { Assignment } from '../../../schemas/assignment.ts';
import { MarkingHistory } from './marking.ts';
import { mergeRows, othersByRow, settle } from './merge-rows.ts';
import { isToGrade, type Marking, type Row, type Work } from './work.ts';
import type { WorkStore } from './work-store.ts';

/** A new grading of an assignment. */
export const newWork = (assignment: Assignment, jobs: number): Work => ({
  id: assignment.id,
  assignment,
  gradingSeed: newGradingSeed(),
  arrival: { kind: 'files' },
  privateChecks: {},
  revealed: false,
  jobs,
  chosen: [],
  updatedAt: Date.now(),
});

/** The grading of one assignment: what came in, what came of it, what was decided. Every change is kept at once. */
export class Grading {
  readonly #store: WorkStore;
  readonly #onChange: () => void;
  readonly #history = new MarkingHistory();
  readonly #book: string;
  #work: Work;
  #rows: Map<string, Row>;
  #stamp: string | undefined;
  #others: Map<string, Row[]> | undefined;

  private constructor(
    store: WorkStore,
    work: Work,
    rows: readonly Row[],
    { book, onChange }: { book: string; onChange: () => void },
  ) {
    this.#store = store;
    this.#onChange = onChange;
    this.#book = book;
    this.#work = work;
    this.#rows = new Map(rows.map((row) => [row.key, row]));
  }

  /** Takes up a work where it was left. */
  static async open(
    store: WorkStore,
    work: Work,
    options: { book: string; onChange: () => void },
  ): Promise<Grading> {
    const grading = new Grading(store, work, await store.rows(work.id), options);
    await grading.#save();
    return grading;
  }

  get work(): Work {
    return this.#work;
  }

  get rows(): Row[] {
    return [...this.#rows.values()];
  }

  get canUndo(): boolean {
    return !this.#history.isEmpty;
  }

  /** Rows that count and have no marks, or marks that depend on what has changed since. */
  get waiting(): Row[] {
    return this.rows.filter((row) => isToGrade(row, this.#stamp));
  }

  /** Rows as they may leave the page: marks of another grading than the one set now are not in them. */
  get current(): Row[] {
    return this.rows.map((row) => {
      if (row.graded === undefined || !isToGrade(row, this.#stamp)) return row;
      const { graded: _, ...waiting } = row;
      return waiting;
    });
  }

  row(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  othersOf(key: string): Row[] {
    this.#others ??= othersByRow(this.rows);
    return this.#others.get(key) ?? [];
  }

  async add(came: readonly BatchRow[]): Promise<void> {
    const rows = mergeRows(this.#work, this.rows, came);
    this.#rows = new Map(rows.map((row) => [row.key, row]));
    await this.#store.replaceRows(this.#work.id, rows);
    await this.#saveChanged(rows);
    this.#changed();
  }

  async change(
    change: Partial<Pick<Work, 'privateChecks' | 'revealed' | 'jobs' | 'arrival' | 'gradingSeed'>>,
  ): Promise<void> {
    this.#work = { ...this.#work, ...change };
    await this.#save();
    this.#changed();
  }

  /** Makes an older hand-in of a student the one that counts. */
  async choose(key: string): Promise<void> {
    const row = this.#rows.get(key);
    const rivals = row?.supersededBy === undefined ? [] : [row.supersededBy];
    const siblings = rivals.flatMap((rival) => [
      rival,
      ...this.othersOf(rival).map((each) => each.key),
    ]);
    const chosen = this.#work.chosen.filter((each) => !siblings.includes(each));
    this.#work = { ...this.#work, chosen: [...chosen, key] };
    const rows = settle(this.rows, this.#work.chosen);
    this.#rows = new Map(rows.map((each) => [each.key, each]));
    await Promise.all([this.#save(), this.#store.saveRows(rows)]);
    await this.#saveChanged(rows);
    this.#changed();
  }

  async mark(key: string, marking: Marking): Promise<void> {
    const row = this.#rows.get(key);
    if (row === undefined) return;
    this.#history.keep(key, row.marking);
    await this.#put({ ...row, marking });
  }

  /** Takes the last change of a marking back; gives the row that it was of. */
  async undo(): Promise<string | undefined> {
    const last = this.#history.back();
    const row = last && this.#rows.get(last.row);
    if (last === undefined || row === undefined) return undefined;
    await this.#put({ ...row, marking: last.before });
    return row.key;
  }

  /** Grades what waits, some at a time. What is done is kept as it comes, so that a later run goes on from there. */
  run(
    contextOf: (slot: number) => Omit<GradeContext, 'gradingSeed' | 'privateChecks'>,
    onProgress: (progress: QueueProgress) => void,
  ): QueueHandle<GradedHandIn> {
    const { assignment, gradingSeed, privateChecks, jobs } = this.#work;
    const stamp = this.#stamp;
    return gradeBatch({
      handIns: this.waiting.flatMap(({ key, handIn }) =>
        handIn === undefined ? [] : [{ key, handIn }],
      ),
      assignment,
      parallel: jobs,
      contextOf: (slot) => ({ ...contextOf(slot), gradingSeed, privateChecks }),
      onRow: (outcome, progress) => {
        const row = this.#rows.get(outcome.key);
        if (row !== undefined) {
          const { graded: _, gradingFault: _fault, stamp: _stamp, ...rest } = row;
          void this.#put(
            outcome.error === undefined
              ? { ...rest, graded: outcome.result, ...(stamp === undefined ? {} : { stamp }) }
              : { ...rest, gradingFault: outcome.error },
          );
        }
        onProgress(progress);
      },
    });
  }

  async #put(row: Row): Promise<void> {
    this.#rows.set(row.key, row);
    this.#changed();
    await this.#store.saveRows([row]);
  }

  /** Many rows are written some at a time: what was graded or marked meanwhile is written again, over the older. */
  async #saveChanged(written: readonly Row[]): Promise<void> {
    const newer = written.flatMap((row) => {
      const now = this.#rows.get(row.key);
      return now === undefined || now === row ? [] : [now];
    });
    if (newer.length > 0) await this.#store.saveRows(newer);
  }

  async #save(): Promise<void> {
    this.#work = { ...this.#work, updatedAt: Date.now() };
    const { assignment, gradingSeed, privateChecks } = this.#work;
    this.#stamp = await gradingStamp(assignment, { gradingSeed, privateChecks, book: this.#book });
    await this.#store.saveWork(this.#work);
  }

  #changed(): void {
    this.#others = undefined;
    this.#onChange();
  }
}
