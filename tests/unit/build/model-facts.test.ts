import { describe, expect, it } from 'vitest';
import { loadModel } from '../../../src/build/load-model.ts';
import { modelFacts } from '../../../src/build/model-facts.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';

describe('modelFacts', () => {
  it('gives the weights that TensorFlow.js loads, in the same order', async () => {
    await startTensorFlow();
    const model = await loadModel('lenet-300-100');
    const facts = modelFacts('lenet-300-100');
    expect(facts.map(({ layer, role }) => `${layer}/${role}`)).toEqual(
      ['dense_1', 'dense_2', 'logits'].flatMap((layer) => [`${layer}/kernel`, `${layer}/bias`]),
    );
    for (const [i, weight] of model.getWeights().entries()) {
      expect(facts[i]!.shape).toEqual(weight.shape);
      expect(
        Buffer.compare(bytesOf(facts[i]!.values), bytesOf(weight.dataSync() as Float32Array)),
      ).toBe(0);
    }
  });
});

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
