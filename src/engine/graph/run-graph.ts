import { ReaderError } from '../../shared/reader-error.ts';
import { requireData } from './buffers.ts';
import type { TensorData } from './graph.ts';
import type { PreparedGraph } from './prepare-graph.ts';

/**
 * Runs a graph on a batch: as many examples as the inputs hold, one after the other.
 *
 * @param inputs - for each input of the graph the values of n examples, one after the other
 * @param onExample - called after each example, while every buffer holds what was computed for it
 * @returns for each output of the graph the values of all n examples
 * @throws ReaderError `inputs-wrong-number`, `batch-not-whole`, `tensor-data-does-not-fit`
 * @internal
 */
export function runGraph(
  { graph, buffers, kernels }: PreparedGraph,
  inputs: readonly TensorData[],
  onExample?: (example: number) => void,
): TensorData[] {
  if (inputs.length !== graph.inputs.length) {
    throw new ReaderError({
      code: 'inputs-wrong-number',
      explain: `${graph.name} takes ${graph.inputs.length} inputs; ${inputs.length} came.`,
    });
  }
  const sizes = graph.inputs.map((index) => buffers[index]!.length);
  const count = inputs[0]!.length / sizes[0]!;
  inputs.forEach((data, i) => {
    const tensor = graph.tensors[graph.inputs[i]!]!;
    if (!Number.isInteger(count) || count === 0) {
      throw new ReaderError({
        code: 'batch-not-whole',
        explain: `${tensor.name} takes ${sizes[0]} values an example; ${data.length} are not a whole number of them.`,
        hint: `One example has the shape [${tensor.shape.slice(1).join(', ')}].`,
      });
    }
    requireData(tensor, data, sizes[i]! * count);
  });
  const outputs = graph.outputs.map((index) => {
    const buffer = buffers[index]!;
    return new (buffer.constructor as new (length: number) => TensorData)(buffer.length * count);
  });
  for (let example = 0; example < count; example++) {
    graph.inputs.forEach((index, i) => {
      const part = inputs[i]!.subarray(example * sizes[i]!, (example + 1) * sizes[i]!);
      (buffers[index] as Float32Array).set(part as Float32Array);
    });
    for (const run of kernels) run();
    graph.outputs.forEach((index, i) => {
      const buffer = buffers[index] as Float32Array;
      (outputs[i] as Float32Array).set(buffer, example * buffer.length);
    });
    onExample?.(example);
  }
  return outputs;
}
