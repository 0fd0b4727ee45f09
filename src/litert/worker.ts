/// <reference lib="webworker" />
/**
 * Runs LiteRT in a worker of the page's own origin. A classic one: LiteRT's loader needs importScripts, which module
 * workers have not. It answers one message after the other, and holds one model at a time.
 */
import type { ReaderError } from '../shared/reader-error.ts';
import { explainFailure, isFatal, type Doing } from './explain-failure.ts';
import { LiteRtLog } from './litert-log.ts';
import { LoadedModel } from './loaded-model.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { readToWorker } from './read-to-worker.ts';
import { startLiteRt, type Started } from './start-litert.ts';

declare const self: DedicatedWorkerGlobalScope;

const log = new LiteRtLog();
let started: Started | undefined;
/** The model of the last work, or why there is none. */
let model: LoadedModel | ReaderError | undefined;
let last: Promise<void> = Promise.resolve();

self.addEventListener('message', ({ data }) => {
  last = last.then(() => answer(data));
});

async function answer(data: unknown): Promise<void> {
  let message: ToWorker;
  try {
    message = readToWorker(data, self.location.origin);
  } catch (error) {
    // The page says nothing that cannot be read: someone else spoke, or the two do not fit together.
    fail(undefined, error, 'load', true);
    return;
  }
  if (message.type === 'start') await start(message);
  else await work(message);
}

async function start(message: Extract<ToWorker, { type: 'start' }>): Promise<void> {
  try {
    started = await startLiteRt(message, log, (loaded, total) => {
      send({ type: 'progress', loaded, total });
    });
    send({ type: 'ready', relaxedSimd: started.relaxedSimd });
  } catch (error) {
    fail(undefined, error, 'load', true);
  }
}

async function work(message: Exclude<ToWorker, { type: 'start' }>): Promise<void> {
  const { id, bytes, inputs } = message;
  log.take();
  let doing: Doing = 'load';
  try {
    if (bytes) await load(bytes);
    if (!(model instanceof LoadedModel)) throw model ?? new Error('No model has come.');
    doing = 'run';
    if (message.type === 'time') {
      send({ type: 'timed', id, timing: await model.time(inputs, message) });
    } else {
      const run = await model.run(inputs);
      send(
        { type: 'ran', id, run },
        run.outputs.map(({ buffer }) => buffer as ArrayBuffer),
      );
    }
  } catch (error) {
    fail(id, error, doing, isFatal(error));
  }
}

/** In place of the model before. A refusal is kept: who runs the same model again shall read the same. */
async function load(bytes: Uint8Array): Promise<void> {
  if (model instanceof LoadedModel) model.delete();
  model = undefined;
  if (!started) throw new Error('LiteRT has not been started.');
  try {
    model = await LoadedModel.load(started.liteRt, bytes);
  } catch (error) {
    if (isFatal(error)) throw error;
    model = explainFailure(error, log.take(), 'load');
  }
}

function fail(id: number | undefined, error: unknown, doing: Doing, fatal: boolean): void {
  const explained = explainFailure(error, log.take(), doing).toData();
  send({ type: 'failed', ...(id === undefined ? {} : { id }), error: explained, fatal });
}

function send(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}
