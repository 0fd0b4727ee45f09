import { ReaderError } from '../../shared/reader-error.ts';
import type {
  Graph,
  GraphOperator,
  GraphTensor,
  TensorData,
  TensorQuantization,
  TensorType,
} from './graph.ts';

/** Computes one operator from the buffers of its inputs into that of its output. */
export type Kernel = () => void;

/** One operator in its place: its tensors, their buffers, and errors that name it. @internal */
export class OperatorSite {
  readonly operator: GraphOperator;
  readonly index: number;
  readonly #graph: Graph;
  readonly #buffers: readonly TensorData[];

  constructor(graph: Graph, buffers: readonly TensorData[], index: number) {
    this.#graph = graph;
    this.#buffers = buffers;
    this.index = index;
    this.operator = graph.operators[index]!;
  }

  get output(): GraphTensor {
    return this.#graph.tensors[this.operator.output]!;
  }

  get outputData(): TensorData {
    return this.#buffers[this.operator.output]!;
  }

  has(position: number): boolean {
    return (this.operator.inputs[position] ?? -1) >= 0;
  }

  input(position: number): GraphTensor {
    return this.#graph.tensors[this.#at(position)]!;
  }

  data(position: number): TensorData {
    return this.#buffers[this.#at(position)]!;
  }

  /** The values of an input that must be known before the graph runs. */
  constant(position: number): TensorData {
    const { data, name } = this.input(position);
    if (data) return data;
    throw this.error(
      'operator-input-not-constant',
      `its input ${name} must be a constant`,
      'Weights, paddings and axes that are computed while the network runs are not supported.',
    );
  }

  quantizationOf(tensor: GraphTensor): TensorQuantization {
    if (tensor.quantization && tensor.quantization.scales.length > 0) return tensor.quantization;
    throw this.error(
      'tensor-not-quantized',
      `its tensor ${tensor.name} is ${tensor.type} and has no scale`,
      'Integers mean something only with the scale and zero point they were made with.',
    );
  }

  /** The one scale and zero point of a tensor. */
  scaleOf(tensor: GraphTensor): { scale: number; zeroPoint: number } {
    const { scales, zeroPoints } = this.quantizationOf(tensor);
    return { scale: scales[0]!, zeroPoint: zeroPoints[0]! };
  }

  /** The types of data, weights and output, as `int8 × int4 → int8`. */
  typesError(): ReaderError {
    const types = this.operator.inputs.map((i) => (i < 0 ? 'none' : this.#graph.tensors[i]!.type));
    return this.error(
      'operator-types-unsupported',
      `it has no kernel from ${types.join(', ')} to ${this.output.type}`,
      'The kernels are those of TFLite: float32, int8, int16 activations with int8 weights, and float32 with int8 or int4 weights.',
    );
  }

  requireType(tensor: GraphTensor, ...types: TensorType[]): void {
    if (!types.includes(tensor.type)) throw this.typesError();
  }

  /** What goes in and what comes out have as many elements. */
  requireSameSize(): void {
    const { shape } = this.input(0);
    if (sizeOf(shape) === sizeOf(this.output.shape)) return;
    throw this.shapesError(
      `[${shape.join(', ')}] goes in and [${this.output.shape.join(', ')}] comes out`,
    );
  }

  shapesError(what: string): ReaderError {
    return this.error('operator-shapes-do-not-fit', what, 'The graph was put together wrongly.');
  }

  error(code: string, what: string, hint: string): ReaderError {
    const { code: name } = this.operator;
    return new ReaderError({
      code,
      explain: `Operator ${this.index} (${name}) of ${this.#graph.name} cannot run: ${what}.`,
      hint,
    });
  }

  #at(position: number): number {
    const index = this.operator.inputs[position] ?? -1;
    if (index >= 0) return index;
    throw this.shapesError(`input ${position} is missing`);
  }
}

/** Number of elements. @internal */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((total, size) => total * size, 1);
}
