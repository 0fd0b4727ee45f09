import '@tensorflow/tfjs-backend-cpu';
import { Interpreter } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { expectWithin, loadGroups, loadReference } from './load-cases.ts';
import { referenceFile, referenceModel } from './reference-models.ts';

interface Input {
  file: string;
  dtype: 'int8' | 'float32';
}

// Both groups of the file have one name: the model is in what they say of their source.
const cases = loadGroups('resnet8-runs.json').flatMap((group) =>
  group.cases.map((golden) => ({
    model: /models\/(\S+\.tflite)/.exec(group.source)![1]!,
    input: golden.inputs as unknown as Input,
    golden,
  })),
);

describe('resnet8-runs.json', () => {
  it('has cases, those of the reference file', (context) => {
    expect(cases.length).toBeGreaterThan(0);
    const reference = loadReference('resnet8_runs.json');
    if (!reference) context.skip('the reference file is not here');
    expect(loadGroups('resnet8-runs.json')).toEqual(reference);
  });

  it.for(cases)('$model answers $input.file', ({ model, input, golden }, context) => {
    const file = referenceModel(model);
    const data = referenceFile(input.file);
    if (!file || !data) {
      console.log(`golden resnet8-runs.json: skipped: ${model} is not here`);
      context.skip(`${model} is not here`);
      return;
    }
    const interpreter = new Interpreter(file);
    interpreter.allocateTensors();
    const values =
      input.dtype === 'int8' ? new Int8Array(data.buffer) : new Float32Array(data.buffer);
    interpreter.setTensor(interpreter.getInputDetails()[0]!.index, values);
    interpreter.invoke();
    const output = interpreter.getTensor(interpreter.getOutputDetails()[0]!.index);
    expectWithin(Array.from(output, Number), golden.expected, golden.tolerance);
  });
});
