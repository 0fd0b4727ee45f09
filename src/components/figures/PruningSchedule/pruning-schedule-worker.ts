/** Trains and prunes in a worker of its own, so that the page never waits. Stop ends the worker. */
import { ReaderError } from '../../../shared/reader-error.ts';
import { openTfjsModel } from '../../../workbench/tfjs-model.ts';
import { mnistExamples } from '../../Workbench/worker/mnist.ts';
import { startBackend } from '../../Workbench/worker/start-backend.ts';
import { MODEL, type FromTrainer, type ToTrainer } from './trainer-link.ts';
import { TEST_IMAGES, TRAIN_IMAGES } from './pruning-plan.ts';
import { runPruning } from './pruning-run.ts';

/** What is used of DedicatedWorkerGlobalScope; the project's types are those of a page. */
interface WorkerGlobal {
  postMessage(message: FromTrainer): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToTrainer>) => void): void;
}

const scope = globalThis as unknown as WorkerGlobal;

scope.addEventListener('message', ({ data }) => {
  train(data).then(
    () => scope.postMessage({ kind: 'done' }),
    (error: unknown) => scope.postMessage({ kind: 'error', explain: explain(error) }),
  );
});

async function train({ plan, base }: ToTrainer): Promise<void> {
  const tell = (text: string) => scope.postMessage({ kind: 'progress', text });
  tell('Starting TensorFlow.js …');
  const note = await startBackend(base);
  tell('Fetching the model …');
  const get = (path: string) => fetchBytes(`${base}models/${MODEL}/${path}`);
  const model = await openTfjsModel(await get('model.json'), get);
  const digits = (name: 'mnist-train' | 'mnist-test', count: number) =>
    mnistExamples(name, count, [784], 'unit', base, async () => tell('Fetching digits …'));
  const train = await digits('mnist-train', TRAIN_IMAGES);
  const test = await digits('mnist-test', TEST_IMAGES);
  tell(note ?? 'Training …');
  await runPruning(model, train, test, plan, (point) => {
    scope.postMessage({ kind: 'point', point });
  });
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url).catch(() => undefined);
  if (response?.ok) return new Uint8Array(await response.arrayBuffer());
  throw new ReaderError({
    code: 'file-not-loaded',
    explain: 'The model could not be fetched.',
    hint: 'Check the connection and try again.',
  });
}

function explain(error: unknown): string {
  if (error instanceof ReaderError) return [error.explain, error.hint].filter(Boolean).join(' ');
  console.error(error);
  return `The training came to an end: ${error instanceof Error ? error.message : String(error)}`;
}
