import { actButton, find } from '../live/dom.ts';
import { formatElapsed } from '../Output/format-number.ts';
import { dropZone, keepPageOnDrop } from '../desk/drop-zone.ts';
import { showInspection } from './inspection-view.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { OptionsForm } from './options-form.ts';
import { breathe, isStopped, part, runClock, showError, showProgress, write } from './parts.ts';
import type { DataRole, ModelSource } from './protocol.ts';
import { ResultStep } from './result-step.ts';
import { WorkerLink, type WorkerLike } from './worker-link.ts';

const startWorker = (): WorkerLike =>
  new Worker(new URL('./workbench-worker.ts', import.meta.url), { type: 'module' });

/** The workbench. Its markup is static; this brings its sections to life, one after the other. */
class Workbench extends HTMLElement {
  #link!: WorkerLink;
  #work!: OneAtATime;
  #options!: OptionsForm;
  #result!: ResultStep;
  #modelName = 'model';

  connectedCallback(): void {
    if (this.#link) return;
    this.#link = new WorkerLink(startWorker, this.dataset['base'] ?? '/');
    this.#work = new OneAtATime(this);
    this.#result = new ResultStep(this, this.#link, this.#work);
    const form = find<HTMLFormElement>(this, '[data-form]');
    this.#options = new OptionsForm(form, JSON.parse(this.dataset['partBytes'] ?? '{}'));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#run();
    });
    form.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLSelectElement && target.name === 'inputRange')
        void this.#readAgain();
    });
    keepPageOnDrop();
    dropZone(this, 'model', (files) => void this.#open({ from: 'files', files }));
    for (const role of ['labelled', 'calibration'] as const) {
      dropZone(this, role, (files) => void this.#readData(role, files));
    }
    for (const button of this.querySelectorAll<HTMLButtonElement>('[data-book-model]')) {
      button.disabled = false;
      button.addEventListener('click', () => {
        void this.#open({ from: 'book', name: button.dataset['bookModel'] ?? '' });
      });
    }
    for (const act of ['stop', 'stop-litert', 'stop-open']) {
      actButton(this, act).addEventListener('click', () => {
        this.#link.stop();
      });
    }
    this.dataset['state'] = 'ready';
  }

  #open(source: ModelSource): Promise<void> {
    const name = source.from === 'book' ? source.name : (source.files[0]?.name ?? '');
    return this.#work.do('model-status', async () => {
      showError(this, 'model-error');
      write(this, 'model-status', `Reading ${name}…`);
      // Most models are open before anybody could want to stop.
      const offerStop = setTimeout(() => (actButton(this, 'stop-open').hidden = false), 1000);
      try {
        const opened = await this.#link.open(source);
        this.#modelName = opened.name.replace(/\.[^.]*$/, '') || 'model';
        this.#result.forget();
        for (const step of ['inside', 'choices'])
          find(this, `[data-step="${step}"]`).hidden = false;
        for (const error of ['labelled-error', 'calibration-error', 'run-error']) {
          showError(this, error);
        }
        write(this, 'run-status', '');
        const isModel = opened.inspection.kind === 'model';
        actButton(this, 'run').textContent = isModel ? 'Make it smaller' : 'Measure it';
        this.#options.begin(opened);
        await breathe();
        await showInspection(part(this, 'inside'), part(this, 'histogram'), opened);
        const note = opened.note === undefined ? '' : ` ${opened.note}`;
        write(this, 'model-status', `${opened.name} is open.${note}`);
        this.#goTo('wb-inside');
      } catch (error) {
        const isOpen = !find(this, '[data-step="inside"]').hidden;
        const still = isOpen ? ` ${this.#modelName} is still open.` : '';
        const what = isStopped(error) ? 'Stopped.' : `${name} was refused.`;
        write(this, 'model-status', what + still);
        if (!isStopped(error)) showError(this, 'model-error', error);
        this.#result.forgetIfLost();
      } finally {
        clearTimeout(offerStop);
        actButton(this, 'stop-open').hidden = true;
      }
    });
  }

  #readData(role: DataRole, files: File[], isWanted = true): Promise<void> {
    return this.#work.do('run-status', async () => {
      showError(this, `${role}-error`);
      try {
        const { inputRange } = this.#options.settings;
        this.#options.addData(await this.#link.readData({ role, files, inputRange }), isWanted);
      } catch (error) {
        showError(this, `${role}-error`, error);
        this.#result.forgetIfLost();
      }
    });
  }

  /** Bytes become other values: all data of the reader's own are read again. */
  async #readAgain(): Promise<void> {
    for (const { role, files } of this.#link.openData) await this.#readData(role, files, false);
  }

  #run(): Promise<void> {
    const [run, stop] = [actButton(this, 'run'), actButton(this, 'stop')];
    return this.#work.do('run-status', async () => {
      showError(this, 'run-error');
      write(this, 'run-status', 'Beginning…');
      this.#result.hide();
      this.#options.disabled = true;
      run.hidden = true;
      stop.hidden = false;
      stop.focus();
      const stopClock = runClock(part(this, 'elapsed'));
      try {
        const { settings } = this.#options;
        const result = await this.#link.run(
          { settings },
          showProgress(this, 'progress', 'run-status'),
        );
        await this.#result.show(result, this.#modelName);
        write(this, 'run-status', `Done in ${formatElapsed(result.elapsedMs)}.`);
      } catch (error) {
        const isWished = isStopped(error);
        write(
          this,
          'run-status',
          isWished
            ? 'Stopped. Nothing was made; your choices are as they were.'
            : 'Nothing was made.',
        );
        if (!isWished) showError(this, 'run-error', error);
        this.#result.showAgain();
      } finally {
        stopClock();
        part(this, 'progress').hidden = true;
        this.#options.disabled = false;
        stop.hidden = true;
        run.hidden = false;
      }
      if (this.#result.isShown) this.#goTo('wb-result');
      else run.focus();
    });
  }

  /** Brings a step into view, and the keyboard with it. */
  #goTo(heading: string): void {
    const place = find(this, `#${heading}`);
    place.focus({ preventScroll: true });
    const moves = matchMedia('(prefers-reduced-motion: no-preference)').matches;
    place.scrollIntoView({ behavior: moves ? 'smooth' : 'auto', block: 'start' });
  }
}

customElements.define('hw-workbench', Workbench);
