import '@tensorflow/tfjs-backend-cpu';
import { Interpreter } from 'heavy-weights';
import { goldenSuite } from './golden-suite.ts';
import { referenceModel } from './reference-models.ts';

/** What a whole file answers, in the types of its input and output. */
function run(model: string, input: ArrayLike<number>): number[] {
  const interpreter = new Interpreter(referenceModel(model)!);
  interpreter.allocateTensors();
  interpreter.setTensor(interpreter.getInputDetails()[0]!.index, input);
  interpreter.invoke();
  return Array.from(interpreter.getTensor(interpreter.getOutputDetails()[0]!.index), Number);
}

const unlessThere = (model: string) => () =>
  referenceModel(model) ? undefined : `${model} is not here`;

const whole = (model: string) => ({
  answer: ({ input }: { input: number[] }) => run(model, input),
  skip: unlessThere(model),
});

goldenSuite('model-runs.json', [{ file: 'model_runs.json' }], {
  answered: {
    'whole model, all 256 int8 inputs': whole('hello_world_int8.tflite'),
    'whole float model': whole('hello_world_float.tflite'),
  },
  notCovered: {
    'hello_world int8: dequantized output vs sin(x)':
      'a property of the model; its integers are compared above',
  },
});
