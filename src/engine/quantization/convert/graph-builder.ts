import type {
  FusedActivation,
  Graph,
  GraphOperator,
  GraphTensor,
  TensorData,
  TensorType,
} from '../../graph/graph.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Operators that can carry an activation along. */
const FUSING = new Set<GraphOperator['code']>([
  'CONV_2D',
  'DEPTHWISE_CONV_2D',
  'FULLY_CONNECTED',
  'ADD',
  'MUL',
  'AVERAGE_POOL_2D',
  'MAX_POOL_2D',
]);

/** Puts a graph together, operator by operator. @internal */
export class GraphBuilder {
  readonly name: string;
  readonly tensors: Mutable<GraphTensor>[] = [];
  readonly operators: Mutable<GraphOperator>[] = [];
  readonly inputs: number[] = [];
  readonly outputs: number[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /** A tensor that the network computes, or is given. */
  tensor(name: string, shape: readonly number[], type: TensorType = 'float32'): number {
    return this.tensors.push({ name, shape: [...shape], type }) - 1;
  }

  constant(name: string, shape: readonly number[], data: TensorData, type: TensorType): number {
    return this.tensors.push({ name, shape: [...shape], type, data }) - 1;
  }

  floats(name: string, shape: readonly number[], data: Float32Array): number {
    return this.constant(name, shape, data, 'float32');
  }

  integers(name: string, values: readonly number[], shape = [values.length]): number {
    return this.constant(name, shape, Int32Array.from(values), 'int32');
  }

  /** Adds an operator; gives the index of its output. */
  add(
    operator: Pick<GraphOperator, 'code' | 'options'>,
    inputs: readonly number[],
    output: number,
  ): number {
    this.operators.push({ ...operator, inputs, output } as Mutable<GraphOperator>);
    return output;
  }

  /** Has the operator that makes a tensor apply an activation as well, if it can. */
  fuse(tensor: number, activation: FusedActivation, name: string): boolean {
    const operator = this.operators.find(({ output }) => output === tensor);
    if (!operator || !FUSING.has(operator.code)) return false;
    const options = operator.options as { activation: FusedActivation };
    if (options.activation !== 'NONE') return false;
    operator.options = { ...options, activation } as typeof operator.options;
    this.tensors[tensor]!.name = name;
    return true;
  }

  build(): Graph {
    const { name, tensors, inputs, outputs } = this;
    return { name, tensors, operators: this.operators as GraphOperator[], inputs, outputs };
  }
}
