import { withFloatEnds } from '../graph/graph-ends.ts';
import { readTflite } from './read-tflite.ts';
import { writeTflite } from './write-tflite.ts';

/**
 * Rewrites a .tflite file so that float32 goes in and comes out: a QUANTIZE after each integer input, a DEQUANTIZE
 * before each integer output. What is computed between them stays as it is. The official runtime in the browser takes
 * no integers of 8 bits.
 *
 * @param bytes - a .tflite file
 * @returns the bytes of another; of the same form when floats went in and came out already
 * @throws ReaderError those of {@link Interpreter} for files that cannot be read
 * @example
 * ```ts
 * import { Interpreter, tf, TFLiteConverter, withFloatIO } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
 * const converter = TFLiteConverter.fromLayersModel(model, {
 *   optimizations: ['DEFAULT'],
 *   representativeDataset: () => [tf.tensor2d([[0, 1], [1, 0]])],
 *   inferenceInputType: 'int8',
 * });
 * const bytes = await converter.convert();
 * console.log(new Interpreter(bytes).getInputDetails()[0]!.dtype); // int8
 * console.log(new Interpreter(withFloatIO(bytes)).getInputDetails()[0]!.dtype); // float32
 * ```
 * @see `modify_model_io_type`, tensorflow/lite/tools/optimize/modify_model_interface.cc
 */
export function withFloatIO(bytes: Uint8Array): Uint8Array {
  return writeTflite(withFloatEnds(readTflite(bytes)));
}
