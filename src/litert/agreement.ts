import type { Graph } from '../engine/graph/graph.ts';
import { Interpreter } from '../engine/tflite/interpreter.ts';
import { readTflite } from '../engine/tflite/read-tflite.ts';
import { withFloatIO } from '../engine/tflite/with-float-io.ts';
import { ReaderError } from '../shared/reader-error.ts';
import { requireInputs } from './arguments.ts';
import { compareOutputs, topClass } from './compare-outputs.ts';

/** Runs a .tflite file on the values of each of its inputs; gives those of each output. */
export type Runner = (
  bytes: Uint8Array,
  inputs: Float32Array[],
) => { outputs: Float32Array[] } | Promise<{ outputs: Float32Array[] }>;

/** How two runtimes agree on one output, over all examples. */
export interface OutputAgreement {
  name: string;
  elements: number;
  /** What one step of the quantized output is worth; 0 where it is not quantized. */
  step: number;
  exact: number;
  /** One step away: quantized outputs only. */
  offByOne: number;
  /** The largest difference: in steps where there are steps, else as it is. */
  worst: number;
  /** Examples for which both find the same element largest; of an output of one element, undefined. */
  sameClass: number | undefined;
}

export interface AgreementReport {
  examples: number;
  outputs: OutputAgreement[];
}

/**
 * Runs a model on the same examples in the engine's {@link Interpreter} and in another runtime, and counts where they
 * differ. Files with integers at their ends are first rewritten by {@link withFloatIO}: both run the same bytes.
 *
 * @param bytes - a .tflite file
 * @param examples - each with the values of every input, in order
 * @param theirs - the other runtime, such as `(bytes, inputs) => liteRt.run(bytes, inputs)`
 * @param ours - what it is compared with; the Interpreter unless told
 * @throws ReaderError `agreement-no-examples`, `agreement-outputs-do-not-fit`, `litert-argument`, those of the
 *   Interpreter for files that it cannot read or run, and whatever the runtimes throw
 */
export async function agreementReport(
  bytes: Uint8Array,
  examples: readonly (readonly Float32Array[])[],
  theirs: Runner,
  ours: Runner = inInterpreter(),
): Promise<AgreementReport> {
  if (!Array.isArray(examples) || examples.length === 0) {
    throw new ReaderError({
      code: 'agreement-no-examples',
      explain: 'Two runtimes are compared on examples, and none came.',
      hint: 'Give a list of examples, each a list with one Float32Array for every input of the model.',
    });
  }
  const given = examples.map(requireInputs);
  let graph = readTflite(bytes);
  let file = bytes;
  if ([...graph.inputs, ...graph.outputs].some((index) => isInteger(graph, index))) {
    file = withFloatIO(bytes);
    graph = readTflite(file);
  }
  const outputs = graph.outputs.map((index): OutputAgreement => ({
    name: graph.tensors[index]!.name,
    elements: 0,
    step: stepOf(graph, index),
    exact: 0,
    offByOne: 0,
    worst: 0,
    sameClass: undefined,
  }));
  for (const inputs of given) {
    const [mine, other] = [await ours(file, inputs), await theirs(file, inputs)];
    outputs.forEach((output, i) => {
      const [a, b] = [mine.outputs[i], other.outputs[i]];
      if (!a || !b || a.length !== b.length) throw doNotFit(output.name, a, b);
      add(output, a, b);
    });
  }
  return { examples: given.length, outputs };
}

/** The engine's interpreter as a runner; it keeps the last file. */
export function inInterpreter(): Runner {
  let held: { bytes: Uint8Array; interpreter: Interpreter } | undefined;
  return (bytes, inputs) => {
    if (held?.bytes !== bytes) {
      const interpreter = new Interpreter(bytes);
      interpreter.allocateTensors();
      held = { bytes, interpreter };
    }
    const { interpreter } = held;
    interpreter.getInputDetails().forEach(({ index }, i) => {
      interpreter.setTensor(index, inputs[i] ?? []);
    });
    interpreter.invoke();
    const outputs = interpreter
      .getOutputDetails()
      .map(({ index }) => Float32Array.from(interpreter.getTensor(index) as Float32Array));
    return { outputs };
  };
}

function add(output: OutputAgreement, ours: Float32Array, theirs: Float32Array): void {
  const { exact, offByOne, worst } = compareOutputs(ours, theirs, output.step);
  output.elements += ours.length;
  output.exact += exact;
  output.offByOne += offByOne;
  output.worst = Math.max(output.worst, worst);
  if (ours.length < 2) return;
  output.sameClass = (output.sameClass ?? 0) + (topClass(ours) === topClass(theirs) ? 1 : 0);
}

const isInteger = ({ tensors }: Graph, index: number): boolean =>
  tensors[index]!.type === 'int8' || tensors[index]!.type === 'int16';

/** The scale of the integers that an output is made of. */
function stepOf(graph: Graph, index: number): number {
  const last = graph.operators.find(({ output }) => output === index);
  const from = last?.code === 'DEQUANTIZE' ? last.inputs[0]! : -1;
  return from >= 0 && isInteger(graph, from)
    ? (graph.tensors[from]!.quantization?.scales[0] ?? 0)
    : 0;
}

function doNotFit(name: string, a?: Float32Array, b?: Float32Array): ReaderError {
  return new ReaderError({
    code: 'agreement-outputs-do-not-fit',
    explain: `The output ${name} has ${a?.length ?? 'no'} values in one runtime and ${b?.length ?? 'no'} in the other.`,
    hint: 'Both must run the file that they are given.',
  });
}
