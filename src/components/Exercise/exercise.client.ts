import type { CheckReport } from '../../runtime/protocol.ts';
import type { ExerciseRecord, ExerciseState } from '../../progress/records.ts';
import { CodePane } from '../Editor/code-pane.ts';
import { anchorOf } from '../live/anchor.ts';
import { announce } from '../live/announce.ts';
import { DeferSave } from '../live/defer-save.ts';
import { actButton, find, make } from '../live/dom.ts';
import { leaveDraft, takeDraft } from '../live/drafts.ts';
import { languageTabs } from '../live/language-tabs.ts';
import { runCode, sandboxFailure } from '../live/run-code.ts';
import { once, openSandbox, soon, warmSandbox } from '../live/services.ts';
import { Output } from '../Output/output.ts';
import { sharesPlace } from '../Share/share-button.ts';
import type { LeaderBoard } from './leader-board.ts';
import { ExerciseAids } from './exercise-aids.ts';
import { freshRecord } from './exercise-record.ts';
import { fetchSheet } from './exercise-sheet.ts';
import { bookTerms } from './exercise-terms.ts';
import type { ExerciseTerms } from './exercise-terms.ts';
import { errorLine, reportNodes, summary } from './results.ts';
import { showState } from './state-mark.ts';
import { checksLeft, showTerms } from './terms-view.ts';

/** An exercise: an editor, checks, hints, the solution, and a memory of all of them. */
export class ExerciseElement extends HTMLElement {
  /** The rules of the work: the book's, unless others are set before the element enters a page. */
  terms: ExerciseTerms | undefined;
  private pane!: CodePane;
  private output!: Output;
  private results!: HTMLElement;
  private record!: ExerciseRecord;
  private restored: Promise<void> | undefined;
  private active: { stop: () => void } | undefined;
  private discarded: string | undefined;
  private readonly sheet = once(async () => this.rules.judgedBy(await fetchSheet(this.exercise)));
  /** Only of an exercise with budgets. */
  private readonly board = once(async (): Promise<LeaderBoard | undefined> => {
    const root = this.querySelector<HTMLElement>('[data-board]');
    if (root === null) return undefined;
    const { LeaderBoard } = await import('./leader-board.ts');
    return new LeaderBoard(root, this.exercise, this.takeText);
  });
  /** Never before the kept record was read: it would be lost. */
  private readonly save = (): void => {
    void this.restored?.then(() => {
      const { text, bookText } = this.pane;
      const code = text === bookText ? '' : text;
      this.rules.save({ ...this.record, code, updatedAt: Date.now() });
    });
  };
  private readonly aids = new ExerciseAids({
    root: this,
    sheet: this.sheet,
    record: () => this.record,
    terms: () => this.rules,
    code: () => this.pane.text,
    save: this.save,
  });
  private readonly deferred = new DeferSave(this.save, () => {
    leaveDraft(this.rules.key, this.pane.text);
  });

  connectedCallback(): void {
    if (this.restored !== undefined) return;
    this.record = freshRecord(this.exercise);
    this.results = find(this, '[data-results]');
    this.pane = new CodePane(find(this, '[data-editor]'), {
      name: this.rules.key,
      above: () => [],
      onIntent: this.prepare,
      onRun: () => void this.check(),
      onLeave: () => {
        actButton(this, 'check').focus();
      },
      onChange: () => {
        this.discarded = undefined;
        this.settle('edited');
        this.deferred.schedule();
      },
    });
    this.output = new Output(find(this, '[data-output]'), this.goTo, 'polite');
    languageTabs(this);
    showTerms(this, this.rules, 0);
    this.listen();
    this.restored = this.restore();
    if (this.querySelector('[data-board]') !== null) void this.board().catch(console.warn);
  }

  /** Saves at once what waits to be saved: the record that is handed in is then what the editor shows. */
  async keepNow(): Promise<void> {
    this.deferred.flush();
    await this.restored;
  }

  get exercise(): string {
    return find(this, '[data-exercise]').dataset['exercise'] ?? '';
  }

  private get rules(): ExerciseTerms {
    this.terms ??= bookTerms(this.exercise);
    return this.terms;
  }

  /** The first sign that a Check will come: the sandbox starts and the checks are fetched. */
  private readonly prepare = (): void => {
    warmSandbox();
    this.sheet().catch(() => undefined);
  };

  private readonly goTo = (line: number): void => {
    this.pane.goTo(line);
  };

  /** An earlier attempt comes back into the editor; the reset button gives back what stood there. */
  readonly takeText = (code: string): void => {
    if (code === this.pane.text) return;
    this.discarded = this.pane.text;
    this.pane.setText(code);
    this.settle('edited');
    this.save();
    actButton(this, 'check').focus();
  };

  private listen(): void {
    for (const act of ['check', 'run']) {
      const button = actButton(this, act);
      for (const type of ['pointerenter', 'touchstart', 'focus']) {
        button.addEventListener(type, this.prepare, { passive: true });
      }
      if (button.matches(':hover, :focus')) this.prepare();
    }
    const on = (act: string, listener: () => void): void => {
      actButton(this, act).addEventListener('click', listener);
    };
    on('check', () => void this.check());
    on('run', () => void this.run());
    on('stop', () => this.active?.stop());
    on('reset', () => {
      this.reset();
    });
    on('hint', () => void this.aids.nextHint());
    on('solution', () => void this.aids.solution());
    // The task alone: a link with the code would be a link with the answer.
    sharesPlace(actButton(this, 'share'), () => ({
      title: find(this, '.hw-title').textContent.trim(),
      id: anchorOf('exercises', this.exercise),
    }));
  }

  /** Judges the text as it stands. */
  private async check(): Promise<void> {
    await soon(this.restored);
    if (checksLeft(this.rules, this.record.attempts) === 0) {
      announce('No Checks are left. What you write is kept and handed in all the same.');
      return;
    }
    const code = this.pane.text;
    const attempt = this.begin(this.results, 'Checking…');
    this.output.clear();
    try {
      const [sandbox, sheet] = await Promise.all([openSandbox(), this.sheet()]);
      if (this.active !== attempt) return;
      const { entry, seed, limitMs, checks, mistakes } = sheet;
      const judging = sandbox.check(
        { exercise: this.exercise, code, entry, checks, mistakes, seed, limitMs },
        () => undefined,
      );
      attempt.stop = judging.stop;
      const report = await judging.done;
      if (this.active === attempt) this.show(report, code);
    } catch (error) {
      console.warn(error);
      if (this.active === attempt) this.results.replaceChildren(make('p', {}, [sandboxFailure]));
    } finally {
      this.end(attempt);
    }
  }

  private show(report: CheckReport, code: string): void {
    this.results.replaceChildren(...reportNodes(report, this.goTo));
    this.pane.markLine(errorLine(report), summary(report));
    this.record.attempts += 1;
    this.record.lastResults = report.results.map(({ id, status }) => ({ id, status }));
    if (report.passed) {
      this.record.passedAt ??= Date.now();
      this.record.passedCode = code;
    }
    this.rules.judged(report, code);
    showTerms(this, this.rules, this.record.attempts);
    // The reader may have typed on while the checks ran.
    if (this.pane.text === code) this.settle(report.passed ? 'passed' : 'failed');
    this.save();
    void this.board()
      .then((board) => board?.keep(report, code))
      .catch(console.warn);
  }

  /** Runs the text as a cell, without judging it. */
  private async run(): Promise<void> {
    await soon(this.restored);
    const attempt = this.begin(this.results);
    this.pane.markLine(undefined);
    this.output.start('Running…');
    const { done, stop } = runCode(
      {
        cell: this.exercise,
        section: this.rules.key,
        alone: true,
        code: this.pane.text,
        seed: 1895,
        limitMs: 10_000,
      },
      (event) => {
        if (this.active === attempt) this.output.take(event);
      },
    );
    attempt.stop = stop;
    try {
      const outcome = await done;
      if (this.active !== attempt) return;
      this.output.finish(outcome);
      if (outcome.error?.location)
        this.pane.markLine(outcome.error.location.line, outcome.error.explain);
    } catch (error) {
      console.warn(error);
      if (this.active === attempt) this.output.fail(sandboxFailure);
    } finally {
      this.end(attempt);
    }
  }

  /** A Check or Run begins; one under way is stopped. */
  private begin(results: HTMLElement, sentence?: string): { stop: () => void } {
    this.active?.stop();
    const attempt = {
      stop: (): void => {
        results.replaceChildren();
        this.end(attempt);
      },
    };
    this.active = attempt;
    results.replaceChildren(...(sentence === undefined ? [] : [make('p', {}, [sentence])]));
    actButton(this, 'stop').hidden = false;
    return attempt;
  }

  private end(attempt: { stop: () => void }): void {
    if (this.active !== attempt) return;
    this.active = undefined;
    const stop = actButton(this, 'stop');
    const hadFocus = document.activeElement === stop;
    stop.hidden = true;
    if (hadFocus) actButton(this, 'check').focus();
  }

  /** Back to the starter; the same button then gives the reader's text back. */
  private reset(): void {
    const undo = this.discarded;
    this.discarded = undo === undefined ? this.pane.text : undefined;
    this.pane.setText(undo ?? this.pane.bookText);
    this.results.replaceChildren();
    this.output.clear();
    this.settle(undo === undefined ? 'untouched' : 'edited');
    this.save();
  }

  /** Sets the state that a page shows: text that passed is `passed`, the starter is `untouched`. */
  private settle(state: ExerciseState): void {
    const { text, bookText } = this.pane;
    const shown =
      this.record.passedCode === text
        ? 'passed'
        : state === 'edited' && text === bookText
          ? 'untouched'
          : state;
    this.record.state = this.record.passedAt === undefined ? shown : 'passed';
    const undoes = this.discarded !== undefined;
    showState(this, shown, { possible: undoes || text !== bookText, undoes });
  }

  private async restore(): Promise<void> {
    const kept = await this.rules.load().catch(() => undefined);
    const draft = takeDraft(this.rules.key, kept?.updatedAt ?? 0);
    const typed = this.pane.text !== this.pane.bookText;
    const code = draft?.code ?? kept?.code ?? '';
    if (kept !== undefined) this.record = { ...kept };
    if (!typed && code !== '') this.pane.setText(code);
    if (draft !== undefined) this.deferred.schedule();
    const stands =
      kept !== undefined && kept.passedAt === undefined && !typed && draft === undefined;
    this.settle(stands ? kept.state : 'edited');
    showTerms(this, this.rules, this.record.attempts);
    if (this.record.hintsShown > 0) void this.aids.showHints(this.record.hintsShown);
  }
}

customElements.define('hw-exercise', ExerciseElement);
