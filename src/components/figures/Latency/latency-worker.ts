/** Makes the two files and times them in the official runtime, in a worker of its own. Stop ends the worker. */
import { openLiteRt } from '../../../litert/runtime.ts';
import { timeRuns, type Timing } from '../../../litert/timing.ts';
import { ReaderError } from '../../../shared/reader-error.ts';
import { batchOf } from '../../../workbench/examples.ts';
import { openTfjsModel } from '../../../workbench/tfjs-model.ts';
import { mnistExamples } from '../../Workbench/worker/mnist.ts';
import { startBackend } from '../../Workbench/worker/start-backend.ts';
import { filesOf, referenceReader } from './latency-files.ts';
import { SHEETS, TURNS, type FromTimer, type ToTimer } from './latency-link.ts';
import { REFERENCE_RUNS, type Way } from './latency.ts';

/** What is used of DedicatedWorkerGlobalScope; the project's types are those of a page. */
interface WorkerGlobal {
  postMessage(message: FromTimer): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToTimer>) => void): void;
}

const scope = globalThis as unknown as WorkerGlobal;
const tell = (text: string): void => scope.postMessage({ kind: 'progress', text });

scope.addEventListener('message', ({ data }) => {
  time(data).then(
    (runtime) => scope.postMessage({ kind: 'done', runtime }),
    (error: unknown) => scope.postMessage({ kind: 'error', explain: explain(error) }),
  );
});

/** Sends every turn as it comes, and gives a line on the runtime. */
async function time({ network, runs, base }: ToTimer): Promise<string> {
  tell('Starting TensorFlow.js …');
  await startBackend(base);
  tell('Fetching the network …');
  const get = (path: string) => fetchBytes(`${base}models/${network}/${path}`);
  const model = await openTfjsModel(await get('model.json'), get);
  const shape = model.inputs[0]!.shape.slice(1) as number[];
  const sheets = await mnistExamples('mnist-train', SHEETS, shape, 'unit', base, async () =>
    tell('Fetching digits …'),
  );
  tell('Writing the two files …');
  const files = await filesOf(model, sheets);
  const first = batchOf(sheets, [0]);
  const digit = (await first.data<'float32'>()).slice();
  first.dispose();
  const runtime = await openLiteRt({
    base,
    onProgress: (loaded, total) =>
      tell(`Fetching LiteRT: ${Math.floor((100 * loaded) / total)}% …`),
  });
  try {
    for (const [turn, form] of TURNS.entries()) {
      tell(`Timing ${form}: turn ${turn + 1} of ${TURNS.length} …`);
      send(form, await runtime.time(files[form], [digit], { repetitions: runs / 2 }));
    }
  } finally {
    runtime.stop();
  }
  tell('Timing the book’s interpreter …');
  send('reference', await timeRuns(referenceReader(files.int8, digit), { runs: REFERENCE_RUNS }));
  const { version, relaxedSimd } = runtime.info;
  return `LiteRT ${version}, one thread${relaxedSimd ? ', relaxed SIMD' : ''}.`;
}

function send(way: Way, { samples, callsPerRun, clockStep, warning }: Timing): void {
  scope.postMessage({ kind: 'turn', way, measured: { samples, callsPerRun, clockStep, warning } });
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url).catch(() => undefined);
  if (response?.ok) return new Uint8Array(await response.arrayBuffer());
  throw new ReaderError({
    code: 'file-not-loaded',
    explain: 'The network could not be fetched.',
    hint: 'Check the connection and try again.',
  });
}

function explain(error: unknown): string {
  if (error instanceof ReaderError) return [error.explain, error.hint].filter(Boolean).join(' ');
  console.error(error);
  return `The timing came to an end: ${error instanceof Error ? error.message : String(error)}`;
}
