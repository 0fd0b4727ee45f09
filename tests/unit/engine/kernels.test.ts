import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { columnsToImage } from '../../../src/engine/kernels/image-columns.ts';
import { windowsToImage } from '../../../src/engine/kernels/windows-to-image.ts';
import { createRng } from '../../../src/shared/rng.ts';

beforeAll(async () => {
  await startTensorFlow();
});

/** What a backend gives, as plain numbers. */
async function onBackend(name: string, run: () => tf.Tensor[]): Promise<Float32Array[]> {
  await tf.setBackend(name);
  const made = run();
  const values = made.map((tensor) => tensor.dataSync() as Float32Array);
  tf.dispose(made);
  return values;
}

/** Both backends agree within 1e-4 of the largest value, and wasm leaves nothing behind. */
async function expectAgreement(run: () => tf.Tensor[], label: string): Promise<void> {
  const cpu = await onBackend('cpu', run);
  await tf.setBackend('wasm');
  const before = tf.memory().numTensors;
  const wasm = await onBackend('wasm', run);
  expect(tf.memory().numTensors, `${label}: tensors left`).toBe(before);
  cpu.forEach((wanted, index) => {
    const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
    const worst = wanted.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - wasm[index]![i]!)),
      0,
    );
    expect(wasm[index]!.length, label).toBe(wanted.length);
    expect(worst / largest, `${label}, gradient ${index}`).toBeLessThan(1e-4);
  });
}

/** Shapes, strides and paddings drawn from the seed, with filters that fit. */
interface Drawn {
  input: [number, number, number, number];
  filter: [number, number, number, number];
  strides: [number, number];
  pad: 'same' | 'valid' | number;
}

function draw(seed: number, outer: number): Drawn {
  const rng = createRng(seed);
  const filter: Drawn['filter'] = [
    rng.integer(1, 5),
    rng.integer(1, 5),
    rng.integer(1, 7),
    rng.integer(1, outer),
  ];
  const input: Drawn['input'] = [
    rng.integer(1, 3),
    rng.integer(5, 12),
    rng.integer(5, 12),
    filter[2]!,
  ];
  const pad = (['same', 'valid', 1, 2] as const)[rng.integer(0, 3)]!;
  return { input, filter, strides: [rng.integer(1, 3), rng.integer(1, 3)], pad };
}

const filled = (shape: number[], seed: number): tf.Tensor4D =>
  tf.tensor<tf.Rank>(
    createRng(seed).normals(shape.reduce((a, b) => a * b, 1)),
    shape,
  ) as tf.Tensor4D;

const cases = Array.from({ length: 40 }, (_, index) => index + 1);

/**
 * The gradient kernels of the backend in use, each called by itself: the wasm backend's own forward Conv2D
 * writes beyond its tensors where explicit padding meets a filter that is not square.
 */
function gradientsOf(prefix: string, outChannels: number, drawn: Drawn, seed: number): tf.Tensor[] {
  const { input, filter, strides, pad } = drawn;
  const info = tf.backend_util.computeConv2DInfo(
    input,
    filter,
    strides,
    1,
    pad,
    'floor',
    prefix !== 'Conv2D',
  );
  const attrs = { strides, pad, dimRoundingMode: 'floor', dataFormat: 'NHWC', dilations: [1, 1] };
  return tf.tidy(() => {
    const [x, w] = [filled(input, seed), filled(filter, seed + 1000)];
    const dy = filled([input[0]!, info.outHeight, info.outWidth, outChannels], seed + 2000);
    const run = (name: string, inputs: object, more: object): tf.Tensor =>
      tf.engine().runKernel(`${prefix}${name}`, { ...inputs }, { ...attrs, ...more });
    return [
      run('BackpropInput', { dy, filter: w }, { inputShape: input }),
      run('BackpropFilter', { x, dy }, { filterShape: filter }),
    ];
  });
}

describe('gradients of convolutions in wasm', () => {
  it.each(cases)('Conv2D agrees with the cpu backend, draw %i', async (seed) => {
    const drawn = draw(seed, 6);
    await expectAgreement(
      () => gradientsOf('Conv2D', drawn.filter[3]!, drawn, seed),
      JSON.stringify(drawn),
    );
  });

  it.each(cases)('DepthwiseConv2D agrees with the cpu backend, draw %i', async (seed) => {
    const drawn = draw(seed, 3);
    await expectAgreement(
      () => gradientsOf('DepthwiseConv2dNative', drawn.filter[2]! * drawn.filter[3]!, drawn, seed),
      JSON.stringify(drawn),
    );
  });
});

describe('gradients of max pooling in wasm', () => {
  it.each([
    [8, 2, 2, 'valid'],
    [9, 2, 2, 'valid'],
    [9, 3, 2, 'same'],
    [7, 3, 1, 'valid'],
  ] as const)(
    'agree with the cpu backend: %i pixels, window %i, stride %i, %s',
    async (size, window, stride, pad) => {
      await expectAgreement(
        () =>
          tf.tidy(() => [
            tf.grad((x) => tf.sum(tf.square(tf.maxPool(x as tf.Tensor4D, window, stride, pad))))(
              filled([3, size, size, 5], size),
            ),
          ]),
        `${size} ${window} ${stride} ${pad}`,
      );
    },
  );
});

describe('ties in max pooling in wasm', () => {
  it.each([
    [8, 2, 2, 'valid'],
    [9, 2, 2, 'valid'],
    [8, 2, 2, 'same'],
    [9, 3, 2, 'same'],
  ] as const)(
    'go to the first, as on the cpu backend: %i pixels, window %i, stride %i, %s',
    async (size, window, stride, pad) => {
      await expectAgreement(
        () =>
          tf.tidy(() => [
            tf.grad((x) =>
              tf.sum(
                tf.mul(
                  tf.maxPool(x as tf.Tensor4D, window, stride, pad),
                  filled(tf.maxPool(x as tf.Tensor4D, window, stride, pad).shape, 7),
                ),
              ),
            )(tf.round(filled([3, size, size, 5], size))),
          ]),
        `${size} ${window} ${stride} ${pad}`,
      );
    },
  );
});

describe('columns added back to an image', () => {
  it.each(cases)('window by window, are the same to the last bit, draw %i', (seed) => {
    const { input, filter, strides, pad } = draw(seed, 4);
    const dilation = seed % 4 === 0 && strides.every((stride) => stride === 1) ? 2 : 1;
    const conv = tf.backend_util.computeConv2DInfo(input, filter, strides, dilation, pad);
    const rows = conv.batchSize * conv.outHeight * conv.outWidth;
    const columns = new Float32Array(
      createRng(seed).normals(rows * conv.filterHeight * conv.filterWidth * conv.inChannels),
    );
    const size = input.reduce((all, each) => all * each, 1);
    const [tapByTap, fast] = [new Float32Array(size).fill(9), new Float32Array(size).fill(9)];
    columnsToImage(columns, tapByTap, conv);
    windowsToImage(columns, fast, conv);
    expect(fast).toEqual(tapByTap);
  });
});

describe('matMul with transposed operands in wasm', () => {
  it.each([
    [true, false],
    [false, true],
    [true, true],
  ])(
    'agrees with the cpu backend, transposeA %s, transposeB %s, small and large',
    async (ta, tb) => {
      for (const [rows, inner, cols] of [
        [3, 4, 5],
        [70, 80, 90],
        [3, 100, 900],
      ] as const) {
        await expectAgreement(
          () =>
            tf.tidy(() => {
              const a = filled(ta ? [2, inner, rows] : [2, rows, inner], 1);
              const b = filled(tb ? [2, cols, inner] : [2, inner, cols], 2);
              return [tf.matMul(a, b, ta, tb)];
            }),
          `${rows}×${inner}×${cols}`,
        );
      }
    },
  );
});

describe('training in wasm', () => {
  const nets: Record<string, () => tf.layers.Layer[]> = {
    'LeNet-5': () => [
      tf.layers.conv2d({
        filters: 3,
        kernelSize: 5,
        inputShape: [12, 12, 1],
        kernelInitializer: tf.initializers.heNormal({ seed: 1 }),
      }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 4, kernelInitializer: tf.initializers.heNormal({ seed: 2 }) }),
    ],
    'batch-normalized': () => [
      tf.layers.conv2d({
        filters: 3,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        useBias: false,
        inputShape: [12, 12, 1],
        kernelInitializer: tf.initializers.heNormal({ seed: 1 }),
      }),
      tf.layers.batchNormalization(),
      tf.layers.reLU(),
      tf.layers.globalAveragePooling2d({ dataFormat: 'channelsLast' }),
      tf.layers.dense({ units: 4, kernelInitializer: tf.initializers.heNormal({ seed: 2 }) }),
    ],
    'depthwise-separable': () => [
      tf.layers.depthwiseConv2d({
        kernelSize: 3,
        depthMultiplier: 4,
        padding: 'same',
        useBias: false,
        inputShape: [12, 12, 1],
        depthwiseInitializer: tf.initializers.heNormal({ seed: 1 }),
      }),
      tf.layers.batchNormalization(),
      tf.layers.reLU({ maxValue: 6 }),
      tf.layers.conv2d({
        filters: 5,
        kernelSize: 1,
        kernelInitializer: tf.initializers.heNormal({ seed: 3 }),
      }),
      tf.layers.averagePooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 4, kernelInitializer: tf.initializers.heNormal({ seed: 2 }) }),
    ],
  };

  it.each(Object.keys(nets))('takes the steps that the cpu backend takes: %s', async (name) => {
    const losses: number[][] = [];
    for (const backend of ['cpu', 'wasm']) {
      await tf.setBackend(backend);
      const model = tf.sequential({ layers: nets[name]!() });
      model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError' });
      const [x, y] = [filled([8, 12, 12, 1], 5), tf.tensor2d(createRng(6).normals(32), [8, 4])];
      const run: number[] = [];
      let held = 0;
      for (let step = 0; step < 4; step++) {
        run.push((await model.trainOnBatch(x, y)) as number);
        // The first step makes what the optimizer keeps.
        if (step === 0) held = tf.memory().numTensors;
      }
      expect(tf.memory().numTensors).toBe(held);
      losses.push(run);
      tf.dispose([x, y]);
      model.dispose();
    }
    losses[0]!.forEach((loss, step) => expect(losses[1]![step]!).toBeCloseTo(loss, 4));
    expect(losses[0]!.at(-1)!).toBeLessThan(losses[0]![0]!);
  });
});
