import { actButton, find } from '../live/dom.ts';
import { deviceFit } from './device-fit.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import { isStopped, part, showError, showProgress, write } from './parts.ts';
import type { AskedDevice, Format, RunResult } from './protocol.ts';
import { details, headline, warningList } from './result-view.ts';
import { runtimeView } from './runtime-view.ts';
import { saveBlob } from '../live/save-blob.ts';
import type { WorkerLink } from './worker-link.ts';

const ENDINGS: Record<string, string> = {
  tflite: '.tflite',
  report: '-report.md',
  h5: '.h5',
  keras: '.keras',
};

/** What came of a run: shown, saved, fitted to a device, tried in the official runtime. */
export class ResultStep {
  readonly #root: HTMLElement;
  readonly #link: WorkerLink;
  readonly #work: OneAtATime;
  #result: RunResult | undefined;
  /** Files are named after the model. */
  #modelName = 'model';

  constructor(root: HTMLElement, link: WorkerLink, work: OneAtATime) {
    this.#root = root;
    this.#link = link;
    this.#work = work;
    actButton(root, 'litert').addEventListener('click', () => void this.#tryLiteRt());
    for (const button of root.querySelectorAll<HTMLButtonElement>('[data-save]')) {
      button.addEventListener('click', () => void this.#save(button.dataset['save'] ?? ''));
    }
    for (const input of root.querySelectorAll('[data-device]')) {
      input.addEventListener('input', () => {
        this.#showDevice();
      });
    }
  }

  get isShown(): boolean {
    return !this.#step.hidden;
  }

  /** Puts the step away while another result is on its way. */
  hide(): void {
    this.#step.hidden = true;
  }

  /** Shows the last result again, unless it went with its worker. */
  showAgain(): void {
    if (this.#result && this.#link.holdsResult) this.#step.hidden = false;
    else this.forget();
  }

  /** A worker that was ended took the result with it. */
  forgetIfLost(): void {
    if (!this.#result || this.#link.holdsResult) return;
    this.forget();
    write(this.#root, 'run-status', 'The result went with the worker. Run again to have it back.');
  }

  forget(): void {
    this.#result = undefined;
    this.hide();
  }

  async show(result: RunResult, modelName: string): Promise<void> {
    const root = this.#root;
    const { report } = result;
    this.#result = result;
    this.#modelName = modelName;
    part(root, 'headline').replaceChildren(headline(result));
    part(root, 'warnings').replaceChildren(...warningList(report));
    for (const name of ['litert-error', 'save-error']) showError(root, name);
    part(root, 'litert').replaceChildren();
    write(root, 'litert-status', '');
    const isMade = report.kind === 'compression';
    for (const format of ['tflite', 'h5', 'keras']) {
      find(root, `[data-save="${format}"]`).hidden = !isMade;
    }
    part(root, 'downloads-note').hidden = !isMade;
    this.#showDevice();
    this.#step.hidden = false;
    const place = part(root, 'details');
    place.replaceChildren();
    const width = Math.max(280, Math.min(720, place.clientWidth));
    for await (const nodes of details(report, width)) place.append(...nodes);
  }

  async #tryLiteRt(): Promise<void> {
    const root = this.#root;
    const [go, stop] = [actButton(root, 'litert'), actButton(root, 'stop-litert')];
    await this.#work.do('litert-status', async () => {
      showError(root, 'litert-error');
      go.hidden = true;
      stop.hidden = false;
      stop.focus();
      try {
        const result = await this.#link.runtime(
          showProgress(root, 'litert-progress', 'litert-status'),
        );
        part(root, 'litert').replaceChildren(...runtimeView(result));
        write(root, 'litert-status', 'LiteRT ran the file.');
      } catch (error) {
        write(
          root,
          'litert-status',
          isStopped(error) ? 'Stopped.' : 'LiteRT did not run the file.',
        );
        if (!isStopped(error)) showError(root, 'litert-error', error);
        this.forgetIfLost();
      }
      part(root, 'litert-progress').hidden = true;
      stop.hidden = true;
      go.hidden = false;
      go.focus();
    });
  }

  async #save(format: string): Promise<void> {
    const result = this.#result;
    if (!result) return;
    showError(this.#root, 'save-error');
    const name = `${this.#modelName}-small${ENDINGS[format] ?? ''}`;
    if (format === 'tflite') {
      saveBlob(result.tflite, name);
      return;
    }
    await this.#work.do('litert-status', async () => {
      try {
        const device = this.#device();
        saveBlob(await this.#link.save({ format: format as Format, device }), name);
      } catch (error) {
        showError(this.#root, 'save-error', error);
        this.forgetIfLost();
      }
    });
  }

  #showDevice(): void {
    if (!this.#result) return;
    const { fits, lines } = deviceFit(this.#result.report.memory, this.#device());
    const place = part(this.#root, 'device');
    place.dataset['state'] = fits ? 'passed' : 'failed';
    place.textContent = [fits ? 'It fits.' : 'It does not fit.', ...lines].join(' ');
  }

  /** What the reader filled in, in bytes; a field that is empty counts as its first value. */
  #device(): AskedDevice {
    const bytes = (name: string): number => {
      const input = find<HTMLInputElement>(this.#root, `[data-device="${name}"]`);
      const asked = input.valueAsNumber > 0 ? input.valueAsNumber : Number(input.defaultValue);
      return Math.round(asked * 1024);
    };
    return { flash: bytes('flash'), ram: bytes('ram') };
  }

  get #step(): HTMLElement {
    return find(this.#root, '[data-step="result"]');
  }
}
