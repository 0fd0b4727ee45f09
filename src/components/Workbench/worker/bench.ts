import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../../shared/reader-error.ts';
import { saveModel } from '../../../engine/keras/index.ts';
import { compressModel } from '../../../workbench/compress.ts';
import type { Dataset } from '../../../workbench/dataset.ts';
import { evaluateTflite } from '../../../workbench/evaluate.ts';
import type { Examples } from '../../../workbench/examples.ts';
import { inspectModel, inspectTflite } from '../../../workbench/inspect.ts';
import { Progress, type RunControl } from '../../../workbench/progress.ts';
import { reportMarkdown } from '../../../workbench/report-markdown.ts';
import { deviceRow } from '../device-fit.ts';
import { mnistFetch } from '../fetches.ts';
import type { AnyReport, Calls, OpenModel } from '../protocol.ts';
import type { Settings } from '../settings.ts';
import { toCompressOptions, toEvaluateOptions, type RunData } from './compress-options.ts';
import { endsOf, takesMnist } from './model-ends.ts';
import { mnistExamples } from './mnist.ts';
import { openModel, type Opened } from './open-model.ts';
import { readData } from './read-data.ts';
import { runInLiteRt } from './run-in-litert.ts';
import { startBackend } from './start-backend.ts';
import { rangeFor } from './value-range.ts';

interface Result {
  report: AnyReport;
  tflite: Uint8Array;
  /** Pruned and clustered; undefined where a file was only measured. */
  model?: tf.LayersModel;
}

/** What lies on the bench: a model, data for it, and what was last made of it. Each is replaced only by what is whole. */
export class Bench {
  readonly #base: string;
  #opened: Opened | undefined;
  #ownCalibration: Examples | undefined;
  #ownLabelled: Dataset | undefined;
  #result: Result | undefined;

  /** @param base - path of the site's root, with a slash at its end */
  constructor(base: string) {
    this.#base = base;
  }

  async open({ source }: Calls['open']['request']): Promise<OpenModel> {
    const note = await startBackend(this.#base);
    const opened = await openModel(source, this.#base);
    let inspection: OpenModel['inspection'];
    try {
      inspection =
        opened.kind === 'model' ? inspectModel(opened.model) : inspectTflite(opened.bytes);
    } catch (error) {
      if (opened.kind === 'model') opened.model.dispose();
      throw error;
    }
    if (this.#opened?.kind === 'model') this.#opened.model.dispose();
    this.#opened = opened;
    this.#ownCalibration = undefined;
    this.#ownLabelled = undefined;
    this.#keep(undefined);
    const { name, fileBytes } = opened;
    return { name, fileBytes, inspection, takesMnist: takesMnist(endsOf(opened)), note };
  }

  async data(
    { role, files, inputRange }: Calls['data']['request'],
    control: RunControl,
  ): Promise<Calls['data']['answer']> {
    const opened = this.#need();
    const { inputShape, classes, rescales } = endsOf(opened);
    if (!inputShape) throw oneInput();
    if (role === 'labelled' && classes === undefined) throw noClasses();
    const progress = new Progress(files.length, control);
    await progress.begin('reading the data');
    const dataset = await readData(
      files,
      { role, inputShape, classes, range: rangeFor(inputRange, rescales) },
      () => progress.advance(),
    );
    if (role === 'labelled') this.#ownLabelled = dataset;
    else this.#ownCalibration = dataset.examples;
    const { examples, heldOut, notes } = dataset;
    const { count, shape, source } = examples;
    return { role, count, shape, source, heldOut: heldOut?.count ?? 0, notes };
  }

  async run(
    { settings }: Calls['run']['request'],
    control: RunControl,
  ): Promise<Calls['run']['answer']> {
    const began = performance.now();
    const opened = this.#need();
    const data = await this.#gather(settings, opened, control);
    const source = { name: opened.name, bytes: opened.fileBytes };
    if (opened.kind === 'tflite') {
      const { bytes } = opened;
      const options = toEvaluateOptions(settings, data, source);
      this.#keep({ tflite: bytes, report: await evaluateTflite(bytes, options, control) });
    } else {
      const options = toCompressOptions(settings, data, source);
      this.#keep(await compressModel(opened.model, options, control));
    }
    const { report, tflite } = this.#result!;
    return { report, tflite: blobOf(tflite), elapsedMs: performance.now() - began };
  }

  async runtime(control: RunControl): Promise<Calls['runtime']['answer']> {
    const { tflite, report } = this.#needResult();
    return runInLiteRt(tflite, report, this.#base, control);
  }

  async save({ format, device }: Calls['save']['request']): Promise<Blob> {
    const { model, report } = this.#needResult();
    if (format === 'report') {
      const [first, ...others] = report.devices;
      const own = deviceRow(report.memory, device);
      const isOther = own.flash !== first!.flash || own.ram !== first!.ram;
      const devices = [first!, ...others, ...(isOther ? [own] : [])];
      return new Blob([reportMarkdown({ ...report, devices })], { type: 'text/markdown' });
    }
    if (!model) throw nothingMade();
    return blobOf(await saveModel(model, `model.${format}`));
  }

  /** The data that the settings ask for; images of the book are fetched. */
  async #gather(settings: Settings, opened: Opened, control: RunControl): Promise<RunData> {
    const own = { ownCalibration: this.#ownCalibration, ownLabelled: this.#ownLabelled };
    const { trainImages, testImages } = mnistFetch(settings, opened.kind === 'model');
    const { inputShape, rescales } = endsOf(opened);
    const range = rangeFor(settings.inputRange, rescales);
    if (trainImages === 0 || !inputShape) return { mnist: undefined, ...own };
    const fetchImages = async (
      name: 'mnist-train' | 'mnist-test',
      count: number,
    ): Promise<Examples> => {
      const progress = new Progress(Math.ceil(count / 1000), control);
      await progress.begin('fetching images of MNIST');
      return mnistExamples(name, count, inputShape, range, this.#base, () => progress.advance());
    };
    const train = await fetchImages('mnist-train', trainImages);
    const test = testImages > 0 ? await fetchImages('mnist-test', testImages) : undefined;
    return { mnist: { train, test }, ...own };
  }

  #need(): Opened {
    if (this.#opened) return this.#opened;
    throw new ReaderError({
      code: 'no-model',
      explain: 'No model is open.',
      hint: 'Choose one first.',
    });
  }

  #needResult(): Result {
    if (this.#result) return this.#result;
    throw nothingMade();
  }

  #keep(result: Result | undefined): void {
    this.#result?.model?.dispose();
    this.#result = result;
  }
}

const blobOf = (bytes: Uint8Array): Blob =>
  new Blob([bytes as BlobPart], { type: 'application/octet-stream' });

const nothingMade = (): ReaderError =>
  new ReaderError({
    code: 'nothing-made',
    explain: 'Nothing has been made yet.',
    hint: 'Run first.',
  });

const oneInput = (): ReaderError =>
  new ReaderError({
    code: 'input-not-one',
    explain: 'Data from a file are for models with one input, all of whose sizes are known.',
    hint: 'This one can be calibrated on generated inputs.',
  });

const noClasses = (): ReaderError =>
  new ReaderError({
    code: 'outputs-not-classes',
    explain:
      'Labels are for a model that gives one number a class, [n, classes]; this one gives something else.',
    hint: 'Leave the labels out: errors are measured layer by layer without them.',
  });
