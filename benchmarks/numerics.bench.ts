import { createRng, numerics, tf } from 'heavy-weights';
import { measure, type ContestResult } from './measure.ts';

/** The weights of LeNet-300-100's first layer, in number. */
const WEIGHTS = 784 * 300;
const PRODUCTS = 100_000;

/** What one would write without the engine: no checks, Math.round's ties, doubles. */
function naiveQuantize(values: Float32Array, scale: number, zeroPoint: number): Int8Array {
  const out = new Int8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    out[i] = Math.max(-128, Math.min(127, Math.round(values[i]! / scale) + zeroPoint));
  }
  return out;
}

/** The same as operations of TensorFlow.js; it has no int8, so int32 comes out. */
function tensorQuantize(values: tf.Tensor, scale: number, zeroPoint: number): ArrayLike<number> {
  return tf.tidy(() =>
    values.div(scale).round().add(zeroPoint).clipByValue(-128, 127).toInt().dataSync(),
  );
}

function bigintMultiply(x: number, multiplier: number, shift: number): number {
  const shifted = BigInt.asIntN(32, BigInt(x) << BigInt(Math.max(0, shift)));
  const product = shifted * BigInt(multiplier);
  const high = (product + (1n << 30n)) >> 31n;
  const right = BigInt(Math.max(0, -shift));
  if (right === 0n) return Number(high);
  const half = 1n << (right - 1n);
  return Number(high < 0n ? -((-high + half) >> right) : (high + half) >> right);
}

// Two loops and not one that is given the function: the compiler must be free to inline either.
/** Adds up what ours gives, so that no work can be left out. */
function sumOfOurs(inputs: Int32Array, multiplier: number, shift: number): number {
  let sum = 0;
  for (let i = 0; i < inputs.length; i++) {
    sum += numerics.multiplyByQuantizedMultiplier(inputs[i]!, multiplier, shift);
  }
  return sum;
}

function sumOfBigint(inputs: Int32Array, multiplier: number, shift: number): number {
  let sum = 0;
  for (let i = 0; i < inputs.length; i++) sum += bigintMultiply(inputs[i]!, multiplier, shift);
  return sum;
}

function requireEqual(name: string, ours: number, theirs: number): void {
  if (ours !== theirs) throw new Error(`${name}: the contenders disagree: ${ours} and ${theirs}`);
}

/** How the arithmetic of the engine stands beside plainer ways to do it. */
export async function numericsBenchmarks(): Promise<ContestResult[]> {
  const rng = createRng(784);
  const weights = rng.normals(WEIGHTS, 0, 0.05);
  const params = numerics.chooseQuantizationParams(numerics.minMax(weights));
  const { scale, zeroPoint } = params;
  const tensor = tf.tensor1d(weights);
  await tf.ready();

  const inputs = Int32Array.from({ length: PRODUCTS }, () => rng.integer(-(2 ** 31), 2 ** 31 - 1));
  // Sums of 784 products of int8 numbers have about this spread.
  const accumulators = Int32Array.from({ length: PRODUCTS }, () =>
    Math.round(rng.normal(0, 40_000)),
  );
  const from = { scale: 0.00123, zeroPoint: 0 };
  const { multiplier, shift } = numerics.quantizeMultiplier(from.scale);
  const ours = () => sumOfOurs(inputs, multiplier, shift);
  const bigint = () => sumOfBigint(inputs, multiplier, shift);
  requireEqual('multiplyByQuantizedMultiplier', ours(), bigint());

  const perAxis = numerics.chooseQuantizationParamsPerAxis(weights, [784, 300], 1);
  return [
    measure({
      name: 'quantize, per tensor, 235,200 weights',
      elements: WEIGHTS,
      ours: () => numerics.quantize(weights, params),
      peers: {
        'plain loop without checks': () => naiveQuantize(weights, scale, zeroPoint),
        [`TensorFlow.js (${tf.getBackend()})`]: () => tensorQuantize(tensor, scale, zeroPoint),
      },
    }),
    measure({
      name: 'quantize, per axis (300 columns), 235,200 weights',
      elements: WEIGHTS,
      ours: () => numerics.quantize(weights, perAxis),
      peers: {
        'plain loop without checks, one scale': () => naiveQuantize(weights, scale, zeroPoint),
      },
    }),
    measure({
      name: 'multiplyByQuantizedMultiplier, 100,000 products',
      elements: PRODUCTS,
      ours,
      peers: { BigInt: bigint },
    }),
    measure({
      name: 'requantize, 100,000 accumulators',
      elements: PRODUCTS,
      ours: () => numerics.requantize(accumulators, from, { scale: 1, zeroPoint: 0 }),
      peers: { 'BigInt, without the clamp': () => sumOfBigint(accumulators, multiplier, shift) },
    }),
  ];
}
