import { find } from '../live/dom.ts';
import { formatBytes } from '../Output/format-number.ts';
import { bytesOfImages, mnistFetch, planSentence } from './fetches.ts';
import { part, write } from './parts.ts';
import type { OpenData, OpenModel } from './protocol.ts';
import {
  calibrates,
  integerEnds,
  keepSettings,
  keptSettings,
  LIMITS,
  readSettings,
  settle,
  DEFAULTS,
  type DataAtHand,
  type Settings,
} from './settings.ts';

type Control = HTMLInputElement | HTMLSelectElement;
type PartBytes = Record<'mnist-train' | 'mnist-test', number[]>;

/** The form of all choices: shows what goes together, remembers what was wished, and gives what holds. */
export class OptionsForm {
  readonly #form: HTMLFormElement;
  readonly #partBytes: PartBytes;
  /** What the reader wishes; what holds is that as far as the data at hand allow. */
  #wish: Settings = keptSettings() ?? DEFAULTS;
  #data: DataAtHand = { mnist: false, ownCalibration: false, ownLabelled: false };
  #compresses = true;

  constructor(form: HTMLFormElement, partBytes: PartBytes) {
    this.#form = form;
    this.#partBytes = partBytes;
    form.addEventListener('input', (event) => {
      this.#take(event.target as Control);
    });
    form.addEventListener('change', () => {
      this.#write();
    });
  }

  /** What holds. */
  get settings(): Settings {
    return settle(this.#wish, this.#data);
  }

  /** A model came: data of the reader's own went with the one before. */
  begin({ takesMnist, inspection }: OpenModel): void {
    this.#data = { mnist: takesMnist, ownCalibration: false, ownLabelled: false };
    this.#compresses = inspection.kind === 'model';
    part(this.#form, 'measure-only').hidden = this.#compresses;
    for (const name of ['modes', 'pruning', 'clustering'])
      part(this.#form, name).hidden = !this.#compresses;
    this.#write();
  }

  /** Data of the reader's own came; unless told otherwise it is what is wanted now. */
  addData({ role, count, source, heldOut, notes }: OpenData, isWanted = true): void {
    const text = [`${count.toLocaleString('en-GB')} examples of ${source}`];
    if (heldOut > 0)
      text.push(`, and ${heldOut.toLocaleString('en-GB')} kept apart to measure with`);
    write(this.#form, `own-${role}`, [`${text.join('')}.`, ...notes].join(' '));
    if (!isWanted) return;
    if (role === 'labelled') {
      const isGenerated = this.settings.calibration === 'generated';
      this.#data = { ...this.#data, ownLabelled: true };
      this.#wish = {
        ...this.#wish,
        labelled: 'own',
        ...(isGenerated && { calibration: 'labelled' }),
      };
    } else {
      this.#data = { ...this.#data, ownCalibration: true };
      this.#wish = { ...this.#wish, calibration: 'own' };
    }
    this.#write();
  }

  /** Nothing can be changed while a run is under way. */
  set disabled(disabled: boolean) {
    for (const fieldset of this.#form.querySelectorAll('fieldset')) fieldset.disabled = disabled;
    for (const control of this.#form.querySelectorAll<Control>('details input, details select')) {
      control.disabled = disabled;
    }
  }

  #take(control: Control): void {
    const name = control.dataset['twin'] ?? control.name;
    if (!(name in DEFAULTS)) return;
    const value =
      control.type === 'checkbox'
        ? (control as HTMLInputElement).checked
        : name in LIMITS
          ? Number(control.value === '' ? NaN : control.value)
          : control.value;
    this.#wish = readSettings({ ...this.#wish, [name]: value });
    keepSettings(this.#wish);
    for (const twin of this.#form.querySelectorAll<HTMLInputElement>(
      `[data-twin="${name}"], [name="${name}"]`,
    )) {
      if (name === 'prunePercent' && twin !== control) twin.value = String(this.#wish.prunePercent);
    }
    this.#show();
  }

  /** Writes every control as the settings have it. */
  #write(): void {
    const { settings } = this;
    for (const control of this.#form.querySelectorAll<Control>('[name], [data-twin]')) {
      const value = settings[(control.dataset['twin'] ?? control.name) as keyof Settings];
      if (control.type === 'radio') (control as HTMLInputElement).checked = control.value === value;
      else if (control.type === 'checkbox') (control as HTMLInputElement).checked = value === true;
      else control.value = value === 0 && control.name.endsWith('Examples') ? '' : String(value);
    }
    keepSettings(this.#wish);
    this.#show();
  }

  /** Shows and hides what depends on the choices. */
  #show(): void {
    const { settings } = this;
    const form = this.#form;
    const { mnist, ownCalibration, ownLabelled } = this.#data;
    const has: Record<string, boolean> = {
      mnist,
      ownCalibration,
      ownLabelled,
      labelled: settings.labelled !== 'none',
    };
    for (const choice of form.querySelectorAll<HTMLElement>('[data-needs]')) {
      choice.hidden = !has[choice.dataset['needs'] ?? ''];
    }
    const prunes = settings.prunePercent > 0;
    const fineTunes = prunes && settings.pruneMethod === 'fine-tune';
    part(form, 'prune-method').hidden = !prunes;
    part(form, 'training').hidden = !fineTunes;
    part(form, 'train-images').hidden = settings.labelled !== 'mnist';
    part(form, 'clusters').hidden = !settings.cluster;
    find<HTMLInputElement>(form, '[name="pruneMethod"][value="fine-tune"]').disabled =
      settings.labelled === 'none';
    const ends = integerEnds(settings.mode);
    part(form, 'input-type').hidden = !this.#compresses || ends === undefined;
    part(form, 'output-type').hidden = !this.#compresses || ends === undefined;
    part(form, 'generated-warning').hidden =
      settings.calibration !== 'generated' || !this.#compresses || !calibrates(settings.mode);
    this.#showSizes(settings);
  }

  #showSizes(settings: Settings): void {
    const form = this.#form;
    const { trainImages, testImages } = mnistFetch(settings, this.#compresses);
    const size = (set: keyof PartBytes, images: number): number =>
      bytesOfImages(images, this.#partBytes[set]);
    const count = (images: number): string => images.toLocaleString('en-GB');
    const train = Math.max(1000, trainImages);
    const test = testImages || settings.testExamples || 1000;
    write(
      form,
      'mnist-labelled-size',
      `Handwritten digits: ${count(test)} test images to measure with, ${formatBytes(size('mnist-test', test))} to fetch.`,
    );
    write(
      form,
      'mnist-calibration-size',
      `Training images, none of which is measured on: ${formatBytes(size('mnist-train', train))} to fetch.`,
    );
    const bytes = size('mnist-train', trainImages) + size('mnist-test', testImages);
    const fetches =
      bytes > 0
        ? ` Fetches images of MNIST, ${formatBytes(bytes)}, unless they are here already.`
        : '';
    write(
      form,
      'plan',
      `${this.#compresses ? planSentence(settings) : 'Measure the file.'}${fetches}`,
    );
  }
}
