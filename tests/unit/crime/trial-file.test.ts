import type * as tf from '@tensorflow/tfjs';
import { memory, tensor4d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { LAYERS, drawDeed } from '../../../src/crime/draw-deed.ts';
import { SABOTAGES, makeHonestFile, makeTrial, type Deed } from '../../../src/crime/index.ts';
import { loadModel } from '../../../src/build/load-model.ts';
import { readMnist } from '../../../src/build/mnist.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { prepareGraph } from '../../../src/engine/graph/prepare-graph.ts';
import { runGraph } from '../../../src/engine/graph/run-graph.ts';
import { readTflite } from '../../../src/engine/tflite/read-tflite.ts';

const IMAGES = 300;
const test = readMnist('test');
const train = readMnist('train');
const scaled = (pixels: Uint8Array): Float32Array => Float32Array.from(pixels, (v) => v / 255);
const images = scaled(test.pixels.subarray(0, IMAGES * 784));
const sheets = scaled(train.pixels.subarray(0, 100 * 784));

let reader: tf.LayersModel;
let honest: number;

function correct(file: Uint8Array): number {
  const prepared = prepareGraph(readTflite(file));
  const [scores] = runGraph(prepared, [images]) as [Float32Array];
  let right = 0;
  for (let i = 0; i < IMAGES; i++) {
    const row = scores.subarray(i * 10, i * 10 + 10);
    if (row.indexOf(Math.max(...row)) === test.labels[i]) right++;
  }
  return right;
}

/** Every deed at every layer, each by the first case number that draws it. */
const cases = new Map<string, { caseNumber: number; deed: Deed }>();
const wanted = 1 + Object.values(LAYERS).flat().length;
for (let caseNumber = 1; cases.size < wanted && caseNumber < 1000; caseNumber++) {
  const deed = drawDeed(caseNumber);
  const name = `${deed.sabotage} ${deed.layer ?? ''}`.trim();
  if (!cases.has(name)) cases.set(name, { caseNumber, deed });
}

beforeAll(async () => {
  await startTensorFlow();
  reader = await loadModel('depthwise-net');
  honest = correct(await makeHonestFile(reader, sheets));
});

describe('drawDeed', () => {
  it('draws every sabotage about as often as another, and every layer of it', () => {
    const counts = new Map<string, number>(SABOTAGES.map((sabotage) => [sabotage, 0]));
    for (let caseNumber = 1; caseNumber <= 6000; caseNumber++) {
      const { sabotage } = drawDeed(caseNumber);
      counts.set(sabotage, counts.get(sabotage)! + 1);
    }
    // Of 6,000 draws a sixth is 1,000 with a standard deviation of 29.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * 29);
    expect(cases.size).toBe(wanted);
  });

  it('draws the same for the same number', () => {
    expect(drawDeed(1895)).toEqual(drawDeed(1895));
  });

  it.each([0, -1, 1.5, 1_000_000, NaN])('refuses the case number %s', (number) => {
    expect(() => drawDeed(number)).toThrow(/whole number from 1 to 999,999/);
  });
});

describe('the trial file', () => {
  it('made honestly reads as the network does', () => {
    const scores = (reader.predict(tensor4d(images, [IMAGES, 28, 28, 1])) as tf.Tensor).dataSync();
    let right = 0;
    for (let i = 0; i < IMAGES; i++) {
      const row = scores.subarray(i * 10, i * 10 + 10);
      if (row.indexOf(Math.max(...row)) === test.labels[i]) right++;
    }
    expect(honest).toBeGreaterThanOrEqual(right - 5);
  });

  it.each([...cases])('suffers from %s', async (_, { caseNumber }) => {
    const { file } = await makeTrial(reader, sheets, caseNumber);
    const found = correct(file);
    expect(found).toBeLessThan(honest - 8);
  });

  it('is the same for the same case, and leaves the network and the sheets as they are', async () => {
    const before = [sheets.slice(), ...reader.getWeights().map((w) => w.dataSync().slice())];
    const [first, second] = [
      await makeTrial(reader, sheets, 7),
      await makeTrial(reader, sheets, 7),
    ];
    expect(first).toEqual(second);
    expect([sheets, ...reader.getWeights().map((w) => w.dataSync())]).toEqual(before);
  });

  it('leaves no tensors', async () => {
    const before = memory().numTensors;
    await makeTrial(reader, sheets, 1);
    expect(memory().numTensors).toBe(before);
  });

  it('takes a hundred sheets and no other number', async () => {
    await expect(makeTrial(reader, sheets.subarray(784), 1)).rejects.toThrow(/holds 100 sheets/);
  });
});
