import type * as tf from '@tensorflow/tfjs';
import { inspectTflite } from '../../../workbench/inspect.ts';
import { likelyRange } from '../../../workbench/samples.ts';
import type { Opened } from './open-model.ts';

/** What a model takes and gives, as far as data have to fit it. */
export interface ModelEnds {
  /** Of the one input, without the batch; undefined where there are several, or a size is open. */
  inputShape: number[] | undefined;
  /** How many classes it tells apart; undefined where its output is no list of them. */
  classes: number | undefined;
  /** The model divides bytes by 255 itself. */
  rescales: boolean;
}

export const endsOf = (opened: Opened): ModelEnds =>
  opened.kind === 'model' ? endsOfModel(opened.model) : endsOfFile(opened.bytes);

const endsOfModel = (model: tf.LayersModel): ModelEnds => ({
  ...described(
    model.inputs.map(({ shape }) => shape),
    model.outputs.map(({ shape }) => shape),
  ),
  rescales: likelyRange(model).high === 255,
});

const endsOfFile = (bytes: Uint8Array): ModelEnds => {
  const { tensors, inputs, outputs } = inspectTflite(bytes);
  const shapes = (indices: readonly number[]): number[][] =>
    indices.map((index) => tensors[index]?.shape ?? []);
  return { ...described(shapes(inputs), shapes(outputs)), rescales: false };
};

type Shape = readonly (number | null)[];

const described = (
  inputs: readonly Shape[],
  outputs: readonly Shape[],
): Pick<ModelEnds, 'inputShape' | 'classes'> => {
  const input = inputs.length === 1 ? inputs[0]!.slice(1) : [null];
  const output = outputs.length === 1 ? outputs[0]! : [];
  const classes = output[1];
  return {
    inputShape: input.every((size) => size !== null && size > 0) ? (input as number[]) : undefined,
    classes:
      output.length === 2 && typeof classes === 'number' && classes > 1 ? classes : undefined,
  };
};

/** Whether the book's images of digits can be given to it. */
export const takesMnist = ({ inputShape, classes }: ModelEnds): boolean =>
  classes === 10 && ['784', '28,28', '28,28,1'].includes(inputShape?.join() ?? '');
