/** The two files of a network that are timed, and the interpreter that is timed beside LiteRT. */
import type * as tf from '@tensorflow/tfjs';
import { Interpreter, TFLiteConverter } from '../../../engine/tflite/index.ts';
import { batchOf, type Examples } from '../../../workbench/examples.ts';
import type { Form } from './latency.ts';

/** In float32 and in int8, with floats in and out of both; the int8 one calibrated on the examples. */
export async function filesOf(
  model: tf.LayersModel,
  examples: Examples,
): Promise<Record<Form, Uint8Array>> {
  const all = Array.from({ length: examples.count }, (_, i) => i);
  return {
    float32: await TFLiteConverter.fromLayersModel(model).convert(),
    int8: await TFLiteConverter.fromLayersModel(model, {
      optimizations: ['DEFAULT'],
      representativeDataset: function* () {
        yield batchOf(examples, all);
      },
    }).convert(),
  };
}

/** One reading of a digit by the book’s interpreter, input lying ready, as LiteRT is timed. */
export function referenceReader(file: Uint8Array, digit: Float32Array): () => void {
  const interpreter = new Interpreter(file);
  interpreter.allocateTensors();
  interpreter.setTensor(interpreter.getInputDetails()[0]!.index, digit);
  return () => interpreter.invoke();
}
