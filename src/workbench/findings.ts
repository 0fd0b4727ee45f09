import type * as tf from '@tensorflow/tfjs';
import type { QuantizedModel } from '../engine/quantization/quantized-model.ts';
import type { CompressionReport, Note } from './report.ts';

const GAUSSIAN = new Set(['AlphaDropout', 'GaussianDropout', 'GaussianNoise']);
/** Below this little is left of what the model says. */
const LOW_SQNR = 10;
/** A layer that loses so many dB by itself is to blame. */
const MUCH_LOST = 10;

/** What the measurements say that the reader should know. @internal */
export function findings(
  report: CompressionReport,
  model: tf.LayersModel,
  network: QuantizedModel,
): Note[] {
  const { choices, sizes, accuracy, layers, outputSqnr, sparsity } = report;
  const notes: Note[] = [];
  const add = (code: string, text: string): number => notes.push({ code, text });
  const [float32, made] = [sizes[0]!, sizes[1]!];
  const { mode, prune, cluster } = choices;
  if (made.bytes >= float32.bytes && mode !== 'float32') {
    add(
      'file-not-smaller',
      `The file has ${made.bytes} bytes and the model in float32 ${float32.bytes}: scales and operators of their own outweigh what a small model saves.`,
    );
  }
  const isRounded = network.graph.tensors.some(({ data, type }) => data && type === 'int8');
  if (mode === 'dynamic' && !isRounded) {
    add(
      'nothing-quantized',
      'No kernel has 1,024 weights or more: in the mode dynamic smaller ones stay in float32, as with the official converter. int8 rounds them all.',
    );
  }
  if (prune && sparsity && sparsity.after > 0) {
    add(
      'zeros-take-room',
      `A zero takes as much room in a .tflite file as any other weight, and as much time: ${made.bytes} bytes as it lies, ${made.gzipBytes} through gzip.`,
    );
  } else if (cluster) {
    add(
      'clusters-take-room',
      `A .tflite file has no codebooks: weights of few values become smaller through gzip, here ${made.gzipBytes} of ${made.bytes} bytes.`,
    );
  }
  if (cluster && mode !== 'float32' && mode !== 'float16' && cluster.clusters > 256) {
    add('clusters-beyond-bits', `${cluster.clusters} values are more than 8 bits can tell apart.`);
  }
  if (mode === 'float16') {
    add(
      'float16-stored-only',
      'float16 halves the file; on a processor without half precision the network computes in float32 all the same.',
    );
  }
  if (mode === 'int4') {
    add('int4-stored-only', 'int4 is how the kernels are stored; the network computes in float32.');
  }
  if (outputSqnr < LOW_SQNR) {
    add(
      'output-far-off',
      `What comes out is ${outputSqnr.toFixed(1)} dB above its error: little is left of what the model says.`,
    );
  }
  const worst = layers.reduce((most, each) => (each.sqnrLoss > most.sqnrLoss ? each : most), {
    layer: '',
    sqnrLoss: MUCH_LOST,
  });
  if (worst.layer !== '' && Number.isFinite(worst.sqnrLoss)) {
    add('layer-loses', `The layer ${worst.layer} alone loses ${worst.sqnrLoss.toFixed(1)} dB.`);
  }
  if (accuracy && accuracy.mcNemar.pValue < 0.05) {
    const { before, after, mcNemar } = accuracy;
    const [down, up] = [mcNemar.onlyFirst, mcNemar.onlySecond];
    add(
      down > up ? 'accuracy-lost' : 'accuracy-gained',
      `${after.correct} of ${after.total} are right and ${before.correct} were; chance alone makes such a difference with p = ${mcNemar.pValue.toPrecision(2)}.`,
    );
  }
  const noisy = model.layers.find((layer) => GAUSSIAN.has(layer.getClassName()));
  if (prune?.method === 'fine-tune' && noisy) {
    add(
      'not-repeatable',
      `The layer ${noisy.name} (${noisy.getClassName()}) draws numbers that no seed determines: another run trains otherwise.`,
    );
  }
  return notes;
}
