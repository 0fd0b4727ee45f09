import type { CellRecord } from '../../progress/records.ts';
import { CodePane } from '../Editor/code-pane.ts';
import { DeferSave } from '../live/defer-save.ts';
import { actButton, find } from '../live/dom.ts';
import { leaveDraft, takeDraft } from '../live/drafts.ts';
import { languageTabs } from '../live/language-tabs.ts';
import { runCode, sandboxFailure } from '../live/run-code.ts';
import type { Running } from '../live/run-code.ts';
import { ownCaseNumber } from '../live/case-number.ts';
import { keep, openStore, soon, warmSandbox } from '../live/services.ts';
import { keepVerdict } from '../live/verdicts.ts';
import { Output } from '../Output/output.ts';
import { sharesCode } from '../Share/share-button.ts';

/** The book's own seed: the same code draws the same numbers on every run. */
const seed = 1895;

/** A live cell. Its markup is static; this gives it an editor, a run, an output and a memory. */
export class CellElement extends HTMLElement {
  /** Whether what this cell defines is there for later cells of the section. */
  hasRun = false;
  private pane!: CodePane;
  private output!: Output;
  private running: Running | undefined;
  private runs = 0;
  /** The reader's own version, kept while the book's is shown. */
  private mine: string | undefined;
  private discarded: string | undefined;
  private undoes = 'Undo reset';
  private showsBook = false;
  /** A text that is shown and is not the reader's: what a link brought. It is not kept. */
  private lent: string | undefined;
  private restored: Promise<void> | undefined;
  private readonly deferred = new DeferSave(
    () => {
      this.save();
    },
    () => {
      leaveDraft(this.recordId, this.mine ?? '');
    },
  );

  connectedCallback(): void {
    if (this.restored !== undefined) return;
    this.pane = new CodePane(find(this, '[data-editor]'), {
      name: `${this.section}/${this.cell}`,
      above: () => this.earlier.map((cell) => cell.text),
      onIntent: warmSandbox,
      onRun: () => void this.run(),
      onLeave: () => {
        actButton(this, 'run').focus();
      },
      onChange: (text) => {
        this.mine = text === this.pane.bookText ? undefined : text;
        this.discarded = undefined;
        if (this.lent !== undefined) {
          // Edited, it is the reader's own.
          this.lent = undefined;
          this.dispatchEvent(new Event('hw-taken'));
        }
        this.showVersion();
        this.deferred.schedule();
      },
    });
    this.output = new Output(find(this, '[data-output]'), (line) => {
      this.pane.goTo(line);
    });
    languageTabs(this);
    this.listen();
    this.showAbove();
    this.restored = this.restore();
  }

  get cell(): string {
    return find(this, '[data-cell]').dataset['cell'] ?? '';
  }

  get section(): string {
    return this.dataset['section'] ?? '';
  }

  get text(): string {
    return this.pane.text;
  }

  get heading(): string {
    return find(this, '.hw-title').textContent;
  }

  /** The reader's own text, '' where there is none; read once what is kept was read back. */
  async own(): Promise<string> {
    await this.restored;
    return this.mine ?? '';
  }

  /** Shows a text beside the reader's own, which stays as it is and cannot be typed over; without one, their own again. */
  lend(text: string | undefined): void {
    this.lent = text;
    this.running?.stop();
    this.output.clear();
    this.setState('untouched');
    this.showVersion();
  }

  /** Takes a text as the reader's own. What it replaces can be had back by the button beside Run. */
  take(text: string): void {
    this.lent = undefined;
    if (text !== (this.mine ?? this.pane.bookText)) {
      this.discarded = this.mine;
      this.undoes = 'Undo';
      this.mine = text === this.pane.bookText ? undefined : text;
    }
    this.showVersion();
    this.save();
  }

  /** Runs the cell; resolves with whether it finished well. */
  async run(): Promise<boolean> {
    // The first press may come before the reader's own version was read back.
    await soon(this.restored);
    const caseNumber = await ownCaseNumber();
    this.running?.stop();
    this.pane.markLine(undefined);
    this.output.start('Running…');
    const running = runCode(
      {
        cell: this.cell,
        section: this.section,
        code: this.text,
        seed,
        caseNumber,
        limitMs: Number(this.dataset['limit']) * 1000,
      },
      (event) => {
        if (this.running !== running) return;
        this.output.take(event);
        if (event.type === 'verdict') keepVerdict(event.caseNumber, event.sabotage);
      },
    );
    this.running = running;
    this.showRunning(true);
    try {
      const outcome = await running.done;
      if (this.running !== running) return false;
      this.output.finish(outcome);
      if (outcome.error?.location)
        this.pane.markLine(outcome.error.location.line, outcome.error.explain);
      if (outcome.sectionLost) for (const cell of this.siblings) cell.hasRun = false;
      this.hasRun = outcome.status === 'finished';
      this.setState(this.hasRun ? 'ran' : outcome.status === 'stopped' ? 'stopped' : 'failed');
      this.runs += 1;
      this.save();
      return this.hasRun;
    } catch (error) {
      console.warn(error);
      if (this.running === running) {
        this.output.fail(sandboxFailure);
        this.setState('failed');
      }
      return false;
    } finally {
      if (this.running === running) {
        this.running = undefined;
        this.showRunning(false);
        for (const cell of this.siblings) cell.showAbove();
      }
    }
  }

  /** Offers to run what this cell builds upon, when it has not run in the present worker. */
  showAbove(): void {
    actButton(this, 'above').hidden = this.earlier.every((cell) => cell.hasRun);
  }

  private get siblings(): CellElement[] {
    return [...document.querySelectorAll<CellElement>('hw-cell')].filter(
      (cell) => cell.section === this.section,
    );
  }

  private get earlier(): CellElement[] {
    return this.siblings.slice(0, this.siblings.indexOf(this));
  }

  private listen(): void {
    const run = actButton(this, 'run');
    for (const type of ['pointerenter', 'touchstart', 'focus']) {
      run.addEventListener(type, warmSandbox, { passive: true });
    }
    // A press on Run may itself have fetched this controller.
    if (run.matches(':hover, :focus')) warmSandbox();
    const on = (act: string, listener: () => void): void => {
      actButton(this, act).addEventListener('click', listener);
    };
    on('run', () => void this.run());
    on('stop', () => this.running?.stop());
    on('reset', () => {
      this.reset();
    });
    on('version', () => {
      this.showsBook = !this.showsBook;
      this.showVersion();
    });
    on('above', () => void this.runAbove());
    sharesCode(actButton(this, 'share'), () => ({
      title: this.heading,
      code: this.text,
      above: this.earlier.map((cell) => cell.text),
    }));
  }

  private async runAbove(): Promise<void> {
    actButton(this, 'run').focus();
    for (const cell of this.earlier) {
      if (!cell.hasRun && !(await cell.run())) {
        this.output.fail(`“${cell.heading}” above did not finish: see what it says there.`);
        return;
      }
    }
    await this.run();
  }

  /** Back to the book's text; the same button then gives the reader's back. */
  private reset(): void {
    const undo = this.discarded;
    this.undoes = 'Undo reset';
    this.discarded = undo === undefined ? this.mine : undefined;
    this.mine = undo;
    this.showsBook = false;
    this.showVersion();
    this.save();
  }

  private showVersion(): void {
    const { bookText } = this.pane;
    const edited = this.mine !== undefined;
    const comes = this.lent ?? (this.showsBook ? bookText : (this.mine ?? bookText));
    this.pane.setText(comes);
    this.pane.setReadOnly(edited && (this.showsBook || this.lent !== undefined));
    // An empty cell has no version of the book's to go back to.
    const compares = edited && bookText !== '';
    find(this, '[data-mark]').hidden = !compares;
    const version = actButton(this, 'version');
    version.hidden = !compares;
    version.setAttribute('aria-pressed', String(this.showsBook));
    const reset = actButton(this, 'reset');
    reset.disabled = this.lent !== undefined || (!edited && this.discarded === undefined);
    reset.textContent = this.discarded === undefined ? 'Reset' : this.undoes;
  }

  private showRunning(running: boolean): void {
    if (running) this.setState('running');
    const stop = actButton(this, 'stop');
    const hadFocus = document.activeElement === stop;
    stop.hidden = !running;
    if (hadFocus && !running) actButton(this, 'run').focus();
  }

  private setState(state: 'untouched' | 'running' | 'ran' | 'stopped' | 'failed'): void {
    find(this, '[data-cell]').dataset['state'] = state;
  }

  private async restore(): Promise<void> {
    const record = await openStore()
      .then((store) => store.cell(this.recordId))
      .catch(() => undefined);
    this.runs += record?.runs ?? 0;
    const draft = takeDraft(this.recordId, record?.updatedAt ?? 0);
    const code = draft?.code ?? record?.code ?? '';
    // What the reader typed while the record was read is newer.
    if (this.mine !== undefined) return;
    if (draft !== undefined) this.deferred.schedule();
    if (code === '' || code === this.pane.bookText) return;
    this.mine = code;
    this.showVersion();
  }

  private get recordId(): string {
    return `${this.section}/${this.cell}`;
  }

  /** Never before the kept record was read: it would be lost. */
  private save(): void {
    void this.restored?.then(() => {
      this.saveNow();
    });
  }

  private saveNow(): void {
    const record: CellRecord = {
      id: this.recordId,
      code: this.mine ?? '',
      runs: this.runs,
      updatedAt: Date.now(),
    };
    keep((store) => store.saveCell(record));
  }
}

customElements.define('hw-cell', CellElement);
