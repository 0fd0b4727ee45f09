import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { deviceFit, deviceRow } from '../../../src/components/Workbench/device-fit.ts';
import { binEdges, layerRows, shapeText } from '../../../src/components/Workbench/layer-rows.ts';
import { endsOf, takesMnist } from '../../../src/components/Workbench/worker/model-ends.ts';
import { TFLiteConverter } from '../../../src/engine/tflite/converter.ts';
import { inspectModel, inspectTflite } from '../../../src/workbench/inspect.ts';

const makeModel = (inputShape: number[], units = 10): tf.LayersModel =>
  tf.sequential({
    layers: [
      ...(inputShape.length > 1 ? [tf.layers.flatten({ inputShape, name: 'flat' })] : []),
      tf.layers.dense({
        units,
        name: 'logits',
        ...(inputShape.length === 1 && { inputShape }),
        biasInitializer: 'zeros',
        kernelInitializer: tf.initializers.constant({ value: 0.5 }),
      }),
    ],
  });

beforeAll(() => tf.setBackend('cpu'));

describe('rows of a model', () => {
  it('have the numbers of its layers', () => {
    const rows = layerRows(inspectModel(makeModel([4, 4, 1])));
    const logits = rows.at(-1)!;
    expect(logits).toMatchObject({
      name: 'logits',
      kind: 'Dense',
      output: '10',
      parameters: 170,
      bytes: 680,
      macs: 160,
      // The biases.
      zeros: 10,
    });
    expect(logits.weights.map(({ label, size }) => [label, size])).toEqual([
      ['kernel 16 × 10', 160],
      ['bias 10', 10],
    ]);
  });

  it('say how often a layer is called', () => {
    const shared = tf.layers.dense({ units: 3, name: 'shared' });
    const input = tf.input({ shape: [3] });
    const output = shared.apply(shared.apply(input)) as tf.SymbolicTensor;
    const rows = layerRows(inspectModel(tf.model({ inputs: input, outputs: output })));
    expect(rows.find(({ name }) => name === 'shared')!.kind).toBe('Dense, called 2 times');
  });
});

describe('rows of a .tflite file', () => {
  it('have its operators, each constant counted once', async () => {
    const bytes = await TFLiteConverter.fromLayersModel(makeModel([4, 4, 1])).convert();
    const inspection = inspectTflite(bytes);
    const rows = layerRows(inspection);
    const dense = rows.find(({ kind }) => kind.startsWith('FULLY_CONNECTED'))!;
    expect(dense).toMatchObject({ parameters: 170, macs: 160 });
    expect(rows.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(
      inspection.totals.parameters,
    );
    expect(rows.reduce((sum, { bytes: each }) => sum + each, 0)).toBe(
      inspection.totals.constantBytes,
    );
    expect(dense.output).toBe('1 × 10 float32');
  });
});

describe('bins of a histogram', () => {
  it('have one edge more than counts, with zero in the middle', () => {
    const [{ weights }] = layerRows(inspectModel(makeModel([16]))).slice(-1) as [
      ReturnType<typeof layerRows>[number],
    ];
    const edges = binEdges(weights[0]!.summary)!;
    expect(edges).toHaveLength(weights[0]!.summary.histogram.counts.length + 1);
    expect(edges[0]).toBeCloseTo(-0.5);
    expect(edges.at(-1)).toBeCloseTo(0.5);
    expect(edges[edges.length / 2 - 1]! + edges[edges.length / 2]!).toBeCloseTo(0);
  });

  it('are none where every value is 0', () => {
    const [last] = layerRows(inspectModel(makeModel([16]))).slice(-1);
    expect(binEdges(last!.weights[1]!.summary)).toBeUndefined();
  });
});

describe('shapes', () => {
  it('are written with open sizes', () => {
    expect(shapeText([28, 28, 1])).toBe('28 × 28 × 1');
    expect(shapeText([-1, 8])).toBe('? × 8');
    expect(shapeText([])).toBe('one number');
  });
});

describe('what a model takes', () => {
  const ends = (model: tf.LayersModel) => endsOf({ kind: 'model', model, name: '', fileBytes: 0 });

  it.each([[[784]], [[28, 28, 1]], [[28, 28]]])('is MNIST for %j and ten classes', (shape) => {
    expect(takesMnist(ends(makeModel(shape)))).toBe(true);
    expect(takesMnist(ends(makeModel(shape, 11)))).toBe(false);
  });

  it('is not MNIST for other images', () => {
    expect(takesMnist(ends(makeModel([32, 32, 3])))).toBe(false);
  });

  it('is no one shape where there are two inputs', () => {
    const [a, b] = [tf.input({ shape: [3] }), tf.input({ shape: [3] })];
    const output = tf.layers.add().apply([a, b]) as tf.SymbolicTensor;
    expect(ends(tf.model({ inputs: [a, b], outputs: output })).inputShape).toBeUndefined();
  });

  it('is the same of the file made of it', async () => {
    const bytes = await TFLiteConverter.fromLayersModel(makeModel([28, 28, 1])).convert();
    expect(endsOf({ kind: 'tflite', bytes, name: '', fileBytes: 0 })).toEqual({
      inputShape: [28, 28, 1],
      classes: 10,
      rescales: false,
    });
  });
});

describe('a device', () => {
  const memory = { flashBytes: 20_000, arenaBytes: 4784, peakAt: 'relu_1' };

  it('holds what is not larger than it', () => {
    expect(deviceFit(memory, { flash: 20_000, ram: 4784 })).toEqual({
      fits: true,
      lines: [
        'Weights, biases and scales take 20,000 of 20,000 bytes of flash.',
        'Activations take 4,784 of 4,784 bytes of RAM. The most are held at relu_1.',
      ],
    });
  });

  it('says by how much each part is too large', () => {
    const { fits, lines } = deviceFit(memory, { flash: 19_999, ram: 4000 });
    expect(fits).toBe(false);
    expect(lines[0]).toContain(': 1 too many.');
    expect(lines[1]).toContain(': 784 too many.');
    expect(deviceFit(memory, { flash: 20_000, ram: 4783 }).fits).toBe(false);
  });

  it('stands in the report with its reason', () => {
    expect(deviceRow(memory, { flash: 1024 * 1024, ram: 1024 })).toMatchObject({
      name: '1,024 KB flash, 1 KB RAM',
      fits: false,
      problem: expect.stringContaining('RAM: 3,760 too many'),
    });
    expect(deviceRow(memory, { flash: 1024 * 1024, ram: 8192 }).problem).toBe('');
  });
});
