import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import type { Graph, TensorData } from '../graph/graph.ts';
import { prepareGraph, type PreparedGraph } from '../graph/prepare-graph.ts';
import { runGraph } from '../graph/run-graph.ts';

/**
 * A network that takes and gives floats and runs inside as TFLite's reference kernels run it, integer by integer.
 *
 * `new QuantizedModel(graph)` takes a @param graph of TFLite's operators, as {@link quantizePostTraining} makes
 * it; `predict(x)` takes a tensor [n, …], or one for each input.
 *
 * @throws ReaderError `input-wrong-shape` from `predict`; from its first call also those of graphs put together
 *   wrongly
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [3] })] });
 * const small = await quantization.quantizePostTraining(model, { mode: 'float16' });
 * console.log(small.weightBytes); // 32
 * console.log(small.graph.operators.map(({ code }) => code).at(-1)); // FULLY_CONNECTED
 * ```
 * @see tensorflow/lite/kernels/internal/reference
 */
export class QuantizedModel {
  /** The network, operator by operator. */
  readonly graph: Graph;
  #prepared: PreparedGraph | undefined;

  constructor(graph: Graph) {
    this.graph = graph;
  }

  /** Ready to run; made when it is first needed. */
  get prepared(): PreparedGraph {
    return (this.#prepared ??= prepareGraph(this.graph));
  }

  /** Bytes of all constants, weights and biases above all, as a file holds them: two int4 share a byte. */
  get weightBytes(): number {
    return this.graph.tensors.reduce((sum, { data, type }) => {
      if (!data) return sum;
      return sum + (type === 'int4' ? Math.ceil(data.length / 2) : data.byteLength);
    }, 0);
  }

  /**
   * What the network answers, example by example.
   *
   * @param inputs - a tensor [n, …], or one for each input
   */
  predict(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor | tf.Tensor[] {
    const given = Array.isArray(inputs) ? inputs : [inputs];
    const wanted = this.graph.inputs.map((index) => this.graph.tensors[index]!);
    given.forEach((tensor, i) => {
      const shape = wanted[i]?.shape.slice(1).join(', ');
      if (shape === tensor.shape.slice(1).join(', ')) return;
      throw new ReaderError({
        code: 'input-wrong-shape',
        explain: `${wanted[i]?.name ?? `Input ${i}`} takes [batch, ${shape}]; [${tensor.shape.join(', ')}] came.`,
        hint: 'Reshape it; the first dimension counts the examples.',
      });
    });
    const outputs = runGraph(
      this.prepared,
      given.map((tensor) => tensor.dataSync() as TensorData),
    );
    const count = given[0]!.shape[0]!;
    const tensors = outputs.map((data, i) => {
      const { shape } = this.graph.tensors[this.graph.outputs[i]!]!;
      return tf.tensor(data as Float32Array, [count, ...shape.slice(1)]);
    });
    return tensors.length === 1 ? tensors[0]! : tensors;
  }
}
