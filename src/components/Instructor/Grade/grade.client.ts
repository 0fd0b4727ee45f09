import type { Assignment } from '../../../schemas/assignment.ts';
import { actButton, find } from '../../live/dom.ts';
import { siteBase } from '../../live/services.ts';
import { visibleText } from '../../Output/visible-text.ts';
import { keepPageOnDrop } from '../../desk/drop-zone.ts';
import { openShelf } from '../store/shelf.ts';
import { AlikeStep } from './alike-step.ts';
import type { AlikePair } from './alike.ts';
import { BookSource } from './book-source.ts';
import { CollectStep } from './collect-step.ts';
import { part, pressable, say, type Desk, type Step } from './desk.ts';
import { ExportStep } from './export-step.ts';
import { Grading, newWork } from './grading.ts';
import { joined } from './joined.ts';
import { OpenStep } from './open-step.ts';
import { RunStep } from './run-step.ts';
import { fetchSamples } from './samples-source.ts';
import { likelyJobs, SandboxSlots } from './sandbox-slots.ts';
import { TableStep } from './table-step.ts';
import { counted, timeWords } from './words.ts';
import { openWorkStore, type WorkStore } from './work-store.ts';
import type { Row } from './work.ts';

/** The Grade page. Its markup is static; this brings its steps to life and keeps the work that is open. */
class GradeElement extends HTMLElement implements Desk {
  readonly root = this;
  readonly book = new BookSource();
  titles: ReadonlyMap<string, string> = new Map();
  pairs: readonly AlikePair[] = [];
  #store!: Promise<WorkStore>;
  #grading: Grading | undefined;
  #openStep!: OpenStep;
  #collect!: CollectStep;
  #run!: RunStep;
  #table!: TableStep;
  #alike!: AlikeStep;
  #export!: ExportStep;
  #steps: Step[] = [];
  #isDrawing = false;
  /** How long to wait before the next drawing, in ms. */
  #pause = 50;

  connectedCallback(): void {
    if (this.#steps.length > 0) return;
    this.#store = openWorkStore((why) => {
      part(this, 'storage').hidden = false;
      say(this, 'storage', why);
    });
    this.#openStep = new OpenStep({
      root: this,
      store: this.#store,
      open: this.open,
      samples: async () => {
        const { assignment, files } = await fetchSamples();
        await this.open(assignment);
        await this.#collect.read(files);
      },
    });
    this.#collect = new CollectStep(this, () => void this.#table.redraw());
    this.#table = new TableStep(this);
    this.#export = new ExportStep(this);
    this.#alike = new AlikeStep(this, () => {
      this.#changed();
    });
    const slots = new SandboxSlots(async () => {
      const { Sandbox } = await import('../../../runtime/host.ts');
      return new Sandbox({ base: siteBase, grading: true });
    });
    this.#run = new RunStep(this, slots, () => {
      if (this.#grading === undefined) return;
      void this.#alike.look();
      void this.#table.redraw();
    });
    this.#steps = [this.#collect, this.#run, this.#table, this.#alike, this.#export];
    keepPageOnDrop();
    actButton(this, 'leave').addEventListener('click', () => void this.#leave());
    actButton(this, 'erase').addEventListener('click', () => void this.#erase());
    void this.#openStep.show().then(() => (this.dataset['state'] = 'ready'));
  }

  get grading(): Grading {
    if (this.#grading === undefined) throw new Error('No work is open.');
    return this.#grading;
  }

  get isOpen(): boolean {
    return this.#grading !== undefined;
  }

  readonly show = (row: Row): void => {
    void this.#table.open(row.key);
  };

  /** Opens the work of an assignment where it was left, or a new one. */
  readonly open = async (assignment: Assignment): Promise<void> => {
    const store = await this.#store;
    const begun = (await store.works()).find(({ id }) => id === assignment.id);
    // The file that was dropped now may be a newer edition, or keep the exercises where a link did not.
    const work = begun
      ? { ...begun, assignment: joined(assignment, begun.assignment) }
      : newWork(assignment, likelyJobs(navigator.hardwareConcurrency));
    this.#grading = await Grading.open(store, work, {
      book: this.dataset['book'] ?? '',
      onChange: () => {
        this.#changed();
      },
    });
    this.toggleAttribute('data-samples', assignment.id === this.dataset['samplesId']);
    this.titles = await this.book.titles(assignment.items).catch(() => new Map<string, string>());
    this.pairs = [];
    const shelf = await openShelf();
    this.#collect.begin((await shelf.get(assignment.id))?.sealKeys?.private.key);
    shelf.close();
    this.#table.begin();
    this.#alike.begin();
    this.#export.begin();
    part(this, 'open-step').hidden = true;
    part(this, 'open-work').hidden = false;
    this.#head(assignment);
    this.#changed();
    find(this, '#grade-work').focus();
    if (this.grading.rows.some(({ graded }) => graded !== undefined)) void this.#alike.look();
  };

  #head({ title, items, due }: Assignment): void {
    say(this, 'title', visibleText(title));
    const points = items.reduce((sum, item) => sum + item.points, 0);
    const facts = [
      counted(items.length, 'item'),
      counted(Math.round(points * 100) / 100, 'point'),
      due === undefined ? 'no due time' : `due ${timeWords(due)}`,
    ];
    say(this, 'facts', `${facts.join(', ')}.`);
  }

  /** Every step shows what changed; many changes within a short time are shown once, and the longer it takes the rarer. */
  #changed(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    setTimeout(() => {
      this.#isDrawing = false;
      if (this.#grading === undefined) return;
      const began = performance.now();
      for (const step of this.#steps) step.show();
      this.#pause = Math.min(2_000, 50 + 5 * (performance.now() - began));
    }, this.#pause);
  }

  async #leave(): Promise<void> {
    this.#run.stop();
    this.#grading = undefined;
    part(this, 'open-work').hidden = true;
    part(this, 'open-step').hidden = false;
    await this.#openStep.show();
    find(this, '#grade-open').focus();
  }

  /** Erases the open work; until the page is left it can be brought back. */
  async #erase(): Promise<void> {
    this.#run.stop();
    const store = await this.#store;
    const { work, rows } = this.grading;
    await store.remove(work.id);
    await this.#leave();
    const back = pressable('Bring it back', () => {
      void store
        .saveRows(rows)
        .then(() => store.saveWork(work))
        .then(() => this.open(work.assignment));
    });
    part(this, 'open-status').replaceChildren(
      `The grading of “${visibleText(work.assignment.title)}” is erased. `,
      back,
    );
    back.focus();
  }
}

customElements.define('hw-grade', GradeElement);
