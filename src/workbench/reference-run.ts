import * as tf from '@tensorflow/tfjs';
import type { Graph } from '../engine/graph/graph.ts';
import { Interpreter } from '../engine/tflite/interpreter.ts';
import { readTflite } from '../engine/tflite/read-tflite.ts';
import { withFloatIO } from '../engine/tflite/with-float-io.ts';
import type { Progress } from './progress.ts';
import type { ReferenceRun } from './report.ts';
import type { Samples } from './samples.ts';

/**
 * Runs the very bytes of a file on some inputs, floats in and out, as the official runtime in the browser will.
 *
 * @param most - examples
 * @internal
 */
export async function referenceRun(
  tflite: Uint8Array,
  samples: Samples,
  most: number,
  progress: Progress,
): Promise<ReferenceRun> {
  const interpreter = new Interpreter(withFloatIO(tflite));
  interpreter.allocateTensors();
  const inputs = interpreter.getInputDetails();
  const outputs = interpreter.getOutputDetails();
  const examples: ReferenceRun['examples'] = [];
  for (let index = 0; index < samples.batches && examples.length < most; index++) {
    const batch = samples.batch(index);
    const values = batch.map((tensor) => tensor.dataSync() as Float32Array);
    const count = batch[0]!.shape[0]!;
    tf.dispose(batch);
    for (let row = 0; row < count && examples.length < most; row++) {
      const given = values.map((all) => {
        const size = all.length / count;
        return all.slice(row * size, (row + 1) * size);
      });
      given.forEach((value, i) => interpreter.setTensor(inputs[i]!.index, value));
      interpreter.invoke();
      const found = outputs.map(({ index }) => interpreter.getTensor(index) as Float32Array);
      examples.push({ inputs: given, outputs: found });
      await progress.pause();
    }
  }
  return {
    inputShapes: inputs.map(({ shape }) => shape.slice(1)),
    outputShapes: outputs.map(({ shape }) => shape.slice(1)),
    examples,
    outputSteps: outputStepsOf(readTflite(tflite)),
  };
}

/** The scale of each output, or of the integers that its DEQUANTIZE reads. */
function outputStepsOf({ tensors, operators, outputs }: Graph): (number | undefined)[] {
  return outputs.map((index) => {
    const last = operators.find(({ output }) => output === index);
    const inside = last?.code === 'DEQUANTIZE' ? last.inputs[0]! : index;
    return tensors[inside]!.quantization?.scales[0];
  });
}
