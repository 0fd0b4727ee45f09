import '@tensorflow/tfjs-backend-cpu';
import { createRng, numerics, tf } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';

beforeAll(() => startTensorFlow());

const rng = createRng(1895);

/** The rule in doubles, written another way: to the nearest multiple of the step, with 0 among them. */
function nearest(x: number, min: number, max: number, numBits: number, narrow: boolean): number {
  const steps = 2 ** numBits - (narrow ? 2 : 1);
  const scale = (max - min) / steps;
  const below = Math.min(steps, Math.max(0, Math.round(-min / scale)));
  return scale * Math.min(steps - below, Math.max(-below, Math.round(x / scale)));
}

describe('fakeQuant', () => {
  it('gives multiples of the step, the nearest that the range has', () => {
    for (const numBits of [2, 4, 8, 16]) {
      for (const narrowRange of [false, true]) {
        const [min, max] = [-rng.uniform(0.1, 3), rng.uniform(0.1, 3)];
        const data = rng.floats(500, -4, 4);
        const y = numerics.fakeQuant(tf.tensor1d(data), min, max, { numBits, narrowRange });
        const scale = (max - min) / (2 ** numBits - 1);
        y.dataSync().forEach((value, i) => {
          const wanted = nearest(data[i]!, min, max, numBits, narrowRange);
          // At a tie, and within float32's precision of one, either neighbour is right.
          expect(Math.abs(value - wanted)).toBeLessThanOrEqual(scale * 1.01);
          const fraction = Math.abs(data[i]! / scale - Math.floor(data[i]! / scale) - 0.5);
          if (numBits < 16 && fraction > 0.01) expect(value).toBeCloseTo(wanted, 4);
        });
      }
    }
  });

  it('leaves zero exactly zero', () => {
    for (let i = 0; i < 50; i++) {
      const y = numerics.fakeQuant(tf.scalar(0), -rng.uniform(0, 3), rng.uniform(0.1, 3));
      expect(y.dataSync()[0]).toBe(0);
    }
  });

  it('is the same on cpu and wasm, forward and backward, and per channel along any axis', async () => {
    const values = rng.normals(2 * 3 * 4 * 5);
    const upstream = rng.normals(values.length);
    const answers: number[][] = [];
    for (const backend of ['cpu', 'wasm']) {
      await tf.setBackend(backend);
      const found = tf.tidy(() =>
        [-1, 2, 0].flatMap((axis) => {
          const x = tf.tensor4d(values, [2, 3, 4, 5]);
          const channels = x.shape.at(axis)!;
          const min = tf.linspace(-1, -0.5, channels);
          const max = tf.linspace(0.5, 2, channels);
          const f = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor): tf.Tensor =>
            numerics.fakeQuantPerChannel(a, b, c, { numBits: 4, axis });
          const grads = tf.grads(f)([x, min, max], tf.tensor4d(upstream, [2, 3, 4, 5]));
          return [f(x, min, max), ...grads].flatMap((each) => Array.from(each.dataSync()));
        }),
      );
      answers.push(found);
    }
    expect(answers[0]!.length).toBe(3 * 240 + 2 * (5 + 4 + 2));
    answers[1]!.forEach((value, i) => expect(value).toBeCloseTo(answers[0]![i]!, 5));
  });

  it('per channel is each channel by itself', () => {
    const x = tf.tensor2d(rng.normals(60), [20, 3]);
    const [min, max] = [
      [-1, -0.1, -3],
      [0.5, 0.2, 0.1],
    ];
    const whole = numerics
      .fakeQuantPerChannel(x, min!, max!, { numBits: 5 })
      .arraySync() as number[][];
    for (let channel = 0; channel < 3; channel++) {
      const part = numerics.fakeQuant(
        x.slice([0, channel], [20, 1]),
        min![channel]!,
        max![channel]!,
        {
          numBits: 5,
        },
      );
      expect(whole.map((row) => row[channel])).toEqual(Array.from(part.dataSync()));
    }
  });

  it('makes all of it zero for a range of zeros, and lets the gradient pass', () => {
    const x = tf.tensor1d([-1, 0, 2]);
    const f = (t: tf.Tensor): tf.Tensor => numerics.fakeQuant(t, tf.scalar(0), tf.scalar(0));
    expect(Array.from(f(x).dataSync())).toEqual([0, 0, 0]);
    expect(Array.from(tf.grad(f)(x).dataSync())).toEqual([1, 1, 1]);
  });

  it('leaves no tensor behind', () => {
    const x = tf.tensor1d(rng.normals(100));
    const run = (): void =>
      tf.tidy(() => {
        tf.grad((t: tf.Tensor) => numerics.fakeQuant(t, -1, 1))(x);
      });
    run();
    const before = tf.memory().numTensors;
    for (let i = 0; i < 5; i++) run();
    expect(tf.memory().numTensors).toBe(before);
    const y = numerics.fakeQuant(x, -1, 1);
    expect(tf.memory().numTensors).toBe(before + 1);
    tf.dispose([x, y]);
  });

  const x = (): tf.Tensor => tf.tensor2d([[1, 2]]);
  it.each([
    ['range-inverted', () => numerics.fakeQuant(x(), 1, -1)],
    ['range-inverted', () => numerics.fakeQuant(x(), 1, 1)],
    ['not-a-finite-number', () => numerics.fakeQuant(x(), NaN, 1)],
    ['range-not-finite', () => numerics.fakeQuant(x(), tf.scalar(NaN), tf.scalar(1))],
    ['range-not-scalar', () => numerics.fakeQuant(x(), tf.tensor1d([0, 1]), tf.scalar(1))],
    ['not-an-integer-in-range', () => numerics.fakeQuant(x(), -1, 1, { numBits: 17 })],
    ['option-unknown', () => numerics.fakeQuant(x(), -1, 1, { num_bits: 8 } as object)],
    ['not-a-tensor', () => numerics.fakeQuant([1] as unknown as tf.Tensor, -1, 1)],
    ['not-float32', () => numerics.fakeQuant(tf.tensor1d([1], 'int32'), -1, 1)],
    ['channels-do-not-fit', () => numerics.fakeQuantPerChannel(x(), [-1], [1])],
    ['axis-out-of-range', () => numerics.fakeQuantPerChannel(x(), [-1], [1], { axis: 2 })],
    ['range-inverted', () => numerics.fakeQuantPerChannel(x(), [-1, 1], [1, 0])],
  ])('refuses what cannot be meant: %s', (code, attempt) => {
    expect(attempt).toThrow(expect.objectContaining({ code }));
  });
});
