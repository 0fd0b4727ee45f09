import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../../../src/build/load-model.ts';
import { sizeLedger } from '../../../src/engine/compression/index.ts';
import { modelCost } from '../../../src/engine/evaluation/index.ts';
import { pruneChannels } from '../../../src/engine/sparsity/index.ts';
import { readCompression } from '../../../scripts/results/compression/results-file.ts';
import { channelsData } from '../../../src/components/figures/Channels/channels-data.ts';
import {
  BARS,
  FRAME,
  PLACES,
  WHOLE,
  WIDTH,
  channelsDrawing,
  channelsLeft,
  channelsRows,
  costOf,
  cutOf,
  flashMark,
  frameLeft,
  kernelsOf,
} from '../../../src/components/figures/Channels/channels.ts';

const data = channelsData();
const SHARES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

describe('what is left', () => {
  it('is reckoned as the committed results have it', () => {
    const rows = readCompression().structures.rows;
    const row = (id: string) => rows.find((each) => each.id === id)!;
    expect(costOf(WHOLE).bytes).toBe(row('whole').bytes.int8);
    expect(costOf(WHOLE).macs).toBe(row('whole').macs);
    const cut = costOf({ conv_1: 12, conv_2: 25, dense_1: 100 });
    expect(cut.bytes).toBe(row('channels').bytes.int8);
    expect(cut.macs).toBe(row('channels').macs);
  });

  describe('agrees with the engine', () => {
    let model: tf.LayersModel;
    beforeAll(async () => {
      await tf.setBackend('cpu');
      model = await loadModel('lenet-5');
    });

    it.each([
      ['all', 0.3],
      ['all', 0.9],
      ['conv_1', 0.7],
      ['conv_2', 0.5],
      ['dense_1', 0.8],
    ] as const)('in shapes, bytes and multiplications: %s by %f', (where, share) => {
      const layers = where === 'all' ? ['conv_1', 'conv_2', 'dense_1'] : [where];
      const { model: small } = pruneChannels(model, {
        sparsity: Object.fromEntries(layers.map((layer) => [layer, share])),
      });
      const left = channelsLeft(where, share);
      for (const { name, shape } of kernelsOf(left)) {
        expect(small.getLayer(name).getWeights()[0]!.shape, name).toEqual(shape);
      }
      const { bytes, macs } = costOf(left);
      expect(sizeLedger(small).find(({ name }) => name === 'int8')!.bytes).toBe(bytes);
      expect(modelCost(small).macs).toBe(macs);
      small.dispose();
    });
  });
});

describe('what was measured', () => {
  it('is there for every state of the controls', () => {
    for (const where of PLACES) {
      for (const share of SHARES) expect(cutOf(data, where, share).where).toBe(where);
      expect(channelsRows(data, where)).toHaveLength(SHARES.length);
    }
    expect(() => cutOf(data, 'all', 0.55)).toThrow(/0.55/);
  });

  it('heals: training gives back what the cut took', () => {
    for (const share of SHARES.slice(2)) {
      const { correct, healed } = cutOf(data, 'all', share);
      expect(healed!).toBeGreaterThan(correct);
    }
    expect(channelsDrawing(data, 'all', 0).texts['healed']).toBe('not trained');
  });
});

describe('the drawing', () => {
  it('fills the frame of a kernel by the product of what is left at its two ends', () => {
    const { attributes } = channelsDrawing(data, 'all', 0.5);
    const { width, height } = attributes['conv_2-left']!;
    expect(Number(width)).toBeCloseTo(FRAME.width / 2, 1);
    expect(Number(height)).toBeCloseTo(FRAME.height / 2, 1);
    expect(Number(attributes['conv_1-left']!['height'])).toBeCloseTo(FRAME.height, 1);
    expect(Number(attributes['logits-left']!['width'])).toBeCloseTo(FRAME.width, 1);
  });

  it('stays inside, and marks the flash where it ends', () => {
    expect(frameLeft(3) + FRAME.width).toBeLessThanOrEqual(WIDTH);
    const mark = flashMark(data);
    const fits = (share: number) =>
      Number(channelsDrawing(data, 'all', share).attributes['bytes-bar']!['width']) <=
      mark - BARS.left;
    expect(fits(0.1)).toBe(false);
    expect(fits(0.3)).toBe(true);
  });

  it('says whether it goes into the flash', () => {
    expect(channelsDrawing(data, 'all', 0).texts['verdict']).toBe(
      'It misses the flash by 172,996 bytes.',
    );
    expect(channelsDrawing(data, 'all', 0.4).texts['verdict']).toMatch(/goes into the flash/);
  });
});
