import { ReaderError } from '../../shared/reader-error.ts';
import type { Graph, GraphTensor, TensorData, TensorType } from '../graph/graph.ts';
import { prepareGraph, type PreparedGraph } from '../graph/prepare-graph.ts';
import { sizeOf } from '../graph/operator-site.ts';
import { describe } from '../numerics/arguments.ts';
import { damaged } from './flat-reader.ts';
import { readTflite } from './read-tflite.ts';

/** What is known of a tensor of a file. */
export interface TensorDetails {
  index: number;
  name: string;
  shape: number[];
  dtype: TensorType;
  /** Empty scales where the tensor is not quantized. */
  quantization: { scales: number[]; zeroPoints: number[]; quantizedDimension: number };
}

/** A tensor as it was after the last run. */
export interface TracedTensor extends TensorDetails {
  data: TensorData;
  /** Whether it is a weight, a bias or another constant of the file. */
  constant: boolean;
}

/** All buffers of a file together take no more. */
const MOST_BYTES = 2 ** 28;

/**
 * Runs a .tflite file as TFLite's reference kernels run it: integers exactly, double rounding and all. Optimized
 * runtimes, such as XNNPACK in LiteRT, may differ by 1.
 *
 * `new Interpreter(bytes)` takes @param bytes of a .tflite file, as a Uint8Array; then `allocateTensors()`,
 * `getInputDetails()`, `setTensor(index, values)`, `invoke()`, `getOutputDetails()`, `getTensor(index)` as in
 * `tf.lite.Interpreter`, and `trace()`, which gives every tensor of the last run. Values are in the tensor's own
 * type: integers for an int8 input.
 *
 * @throws ReaderError those of files that cannot be read: `tflite-not-one`, `tflite-damaged`,
 *   `tflite-operator-unsupported`, `tflite-type-unsupported`, `tflite-shape-dynamic`, `tflite-too-large`; and
 *   `tensors-not-allocated`, `tensor-unknown`, `tensor-values-do-not-fit`, `not-an-input`
 * @example
 * ```ts
 * import { Interpreter, tf, TFLiteConverter } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
 * model.setWeights([tf.tensor2d([[0.5], [-1]]), tf.tensor1d([0.25])]);
 * const interpreter = new Interpreter(await TFLiteConverter.fromLayersModel(model).convert());
 * interpreter.allocateTensors();
 * interpreter.setTensor(interpreter.getInputDetails()[0]!.index, Float32Array.of(1, 0));
 * interpreter.invoke();
 * console.log(interpreter.getTensor(interpreter.getOutputDetails()[0]!.index)[0]); // 0.75
 * ```
 * @see `tf.lite.Interpreter`, tensorflow/lite/python/interpreter.py
 */
export class Interpreter {
  readonly #graph: Graph;
  #prepared: PreparedGraph | undefined;

  constructor(bytes: Uint8Array) {
    this.#graph = readTflite(bytes);
    const total = this.#graph.tensors.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
    if (total > MOST_BYTES) {
      throw damaged(`its tensors take more than ${MOST_BYTES / 2 ** 20} MB`, 'tflite-too-large');
    }
  }

  /** Makes room for every tensor, and checks that every operator can run on its tensors. */
  allocateTensors(): void {
    this.#prepared ??= prepareGraph(this.#graph);
  }

  /** The tensors that are given, in order. */
  getInputDetails(): TensorDetails[] {
    return this.#graph.inputs.map((index) => detailsOf(this.#graph.tensors[index]!, index));
  }

  /** The tensors that come out, in order. */
  getOutputDetails(): TensorDetails[] {
    return this.#graph.outputs.map((index) => detailsOf(this.#graph.tensors[index]!, index));
  }

  /** Every tensor of the file. */
  getTensorDetails(): TensorDetails[] {
    return this.#graph.tensors.map(detailsOf);
  }

  /** Sets the values of an input, in its own type. */
  setTensor(index: number, values: ArrayLike<number>): void {
    const { buffers } = this.#ready();
    const tensor = this.#tensor(index);
    if (!this.#graph.inputs.includes(index)) {
      throw new ReaderError({
        code: 'not-an-input',
        explain: `Tensor ${index} (${tensor.name}) is no input of the model; the inputs are ${this.#graph.inputs.join(', ')}.`,
        hint: 'Take the index from getInputDetails().',
      });
    }
    const buffer = buffers[index] as Float32Array;
    const given: unknown = values;
    const length = (given as ArrayLike<number> | null)?.length;
    const limits = LIMITS[tensor.type];
    const wrong =
      length === buffer.length
        ? Array.prototype.findIndex.call(
            values,
            (value: number) =>
              typeof value !== 'number' ||
              (limits && !(Number.isInteger(value) && value >= limits[0] && value <= limits[1])),
          )
        : -1;
    if (length !== buffer.length || wrong >= 0) {
      throw new ReaderError({
        code: 'tensor-values-do-not-fit',
        explain:
          wrong < 0
            ? `The input ${tensor.name} takes ${buffer.length} values of ${tensor.type}; ${describe(values)} came.`
            : `The input ${tensor.name} is of ${tensor.type}; its value ${wrong} is ${describe(values[wrong])}.`,
        elaborate: `Its shape is [${tensor.shape.join(', ')}].`,
        hint: limits
          ? 'Quantize the values first: q = round(r / scale) + zeroPoint, with the scale from getInputDetails().'
          : 'Give a Float32Array of that length.',
      });
    }
    buffer.set(values);
  }

  /** Runs the model on the inputs that were set. */
  invoke(): void {
    for (const run of this.#ready().kernels) run();
  }

  /** A copy of the values of a tensor after the last run. */
  getTensor(index: number): TensorData {
    const { buffers } = this.#ready();
    this.#tensor(index);
    return buffers[index]!.slice() as TensorData;
  }

  /** Every tensor, constants too, with its values after the last run. */
  trace(): TracedTensor[] {
    const { buffers } = this.#ready();
    return this.#graph.tensors.map((tensor, index) => ({
      ...detailsOf(tensor, index),
      data: buffers[index]!.slice() as TensorData,
      constant: tensor.data !== undefined,
    }));
  }

  #ready(): PreparedGraph {
    if (this.#prepared) return this.#prepared;
    throw new ReaderError({
      code: 'tensors-not-allocated',
      explain: 'The interpreter has no room for its tensors yet.',
      hint: 'Call allocateTensors() once, before setTensor and invoke.',
    });
  }

  #tensor(index: number): GraphTensor {
    const tensor = this.#graph.tensors[index];
    if (tensor) return tensor;
    throw new ReaderError({
      code: 'tensor-unknown',
      explain: `The model has no tensor ${describe(index)}; it has 0 … ${this.#graph.tensors.length - 1}.`,
      hint: 'Take the index from getInputDetails() or getOutputDetails().',
    });
  }
}

const LIMITS: Partial<Record<TensorType, readonly [number, number]>> = {
  int4: [-8, 7],
  int8: [-128, 127],
  int16: [-32768, 32767],
  int32: [-(2 ** 31), 2 ** 31 - 1],
};

function detailsOf({ name, shape, type, quantization }: GraphTensor, index: number): TensorDetails {
  return {
    index,
    name,
    shape: [...shape],
    dtype: type,
    quantization: {
      scales: [...(quantization?.scales ?? [])],
      zeroPoints: [...(quantization?.zeroPoints ?? [])],
      quantizedDimension: quantization?.axis ?? 0,
    },
  };
}
