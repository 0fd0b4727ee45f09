import '@tensorflow/tfjs-backend-cpu';
import { compression, createRng, tf, type Rng } from 'heavy-weights';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { StoredWeight } from '../../../src/engine/compression/build-model.ts';
import { writeCompressed } from '../../../src/engine/compression/compressed-file.ts';
import { storedModel } from '../../../src/engine/compression/encode-model.ts';
import type {
  StoredLayer,
  StoredTopology,
} from '../../../src/engine/compression/model-topology.ts';
import { errorOf } from './compression-errors.ts';
import { randomize } from './random-models.ts';

const { decodeModel, encodeModel } = compression;

beforeAll(() => tf.setBackend('cpu'));
// Tens of thousands of files take their time on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

/** Small, and with tensors stored in each of the four ways. */
function model(): tf.LayersModel {
  const { layers } = tf;
  const made = randomize(
    tf.sequential({
      name: 'fuzzed',
      layers: [
        layers.conv2d({ filters: 2, kernelSize: 2, inputShape: [4, 4, 1], name: 'conv' }),
        layers.batchNormalization({ name: 'norm' }),
        layers.flatten({ name: 'flat' }),
        layers.dense({ units: 12, activation: 'relu', name: 'sparse' }),
        layers.dense({ units: 9, name: 'clustered', kernelRegularizer: 'l1l2' }),
        layers.dense({ units: 8, name: 'both', useBias: false }),
      ],
    }),
    4,
  );
  const change = (name: string, to: (value: number, i: number) => number): void => {
    const layer = made.getLayer(name);
    const [kernel, ...others] = layer.getWeights();
    const values = (kernel!.dataSync() as Float32Array).map((value, i) => to(value, i));
    layer.setWeights([tf.tensor(values, kernel!.shape), ...others]);
  };
  change('sparse', (value, i) => (i % 11 === 0 ? value : 0));
  change('clustered', (value) => (value < 0 ? -0.5 : value < 0.3 ? 0.25 : 0.75));
  change('both', (value, i) => (i % 9 === 0 ? (value < 0 ? -1 : 2) : 0));
  return made;
}

/** Makes the checksum, and the length if that is wished, right again: from here on only the parts can tell. */
function sealed(bytes: Uint8Array, length = true): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 16) return bytes;
  if (length) view.setUint32(8, bytes.length, true);
  const rest = new Uint8Array([...bytes.subarray(0, 12), ...bytes.subarray(16)]);
  view.setUint32(12, crc32(rest), true);
  return bytes;
}

/** Alters some bytes, or cuts out, puts in or repeats some. */
function altered(original: Uint8Array, rng: Rng): Uint8Array {
  const bytes = Array.from(original);
  const at = (): number => rng.integer(0, bytes.length - 1);
  for (let edits = rng.integer(1, 4); edits > 0; edits--) {
    const kind = rng.integer(0, 9);
    if (kind < 5) bytes[at()] = rng.integer(0, 255);
    else if (kind < 7) bytes[at()]! ^= 1 << rng.integer(0, 7);
    else if (kind === 7) bytes.splice(at(), rng.integer(1, 8));
    else if (kind === 8) bytes.splice(at(), 0, ...[0, 255, 128].slice(0, rng.integer(1, 3)));
    else bytes.splice(at(), 0, ...bytes.slice(at(), at() + 16));
  }
  return Uint8Array.from(bytes);
}

/** Decodes; what comes must be a model with finite weights, or an error for readers. */
function outcome(bytes: Uint8Array): string {
  const before = tf.memory().numTensors;
  try {
    const decoded = decodeModel(bytes);
    for (const tensor of decoded.getWeights()) {
      if (!tensor.dataSync().every(Number.isFinite)) throw new Error('weights are not finite');
    }
    decoded.dispose();
    return 'decoded';
  } catch (error) {
    if ((error as Error).name !== 'ReaderError') throw error;
    return (error as { code: string }).code;
  } finally {
    if (tf.memory().numTensors !== before) throw new Error('tensors were left behind');
  }
}

function tally(runs: number, next: (run: number) => Uint8Array): Map<string, number> {
  const outcomes = new Map<string, number>();
  for (let run = 0; run < runs; run++) {
    const found = outcome(next(run));
    outcomes.set(found, (outcomes.get(found) ?? 0) + 1);
  }
  console.log(JSON.stringify(Object.fromEntries(outcomes)));
  return outcomes;
}

describe('decodeModel', () => {
  it('refuses every beginning of a file, every single altered byte, and additions', () => {
    const bytes = encodeModel(model());
    for (let length = 0; length < bytes.length; length++) {
      const code = outcome(bytes.subarray(0, length));
      expect(code).toBe(length === 0 ? 'compressed-not-ours' : 'compressed-truncated');
    }
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [1, 0x80]) {
        const wrong = bytes.slice();
        wrong[at]! ^= flip;
        const code = outcome(wrong);
        if (at < 4) expect(code).toBe('compressed-not-ours');
        else if (at >= 8 && at < 12) {
          expect(code).toMatch(/^compressed-(truncated|trailing-bytes)$/);
        } else expect(code).toBe('compressed-checksum');
      }
    }
    expect(outcome(Uint8Array.of(...bytes, 0))).toBe('compressed-trailing-bytes');
    expect(outcome(new TextEncoder().encode('TFL3'))).toBe('compressed-not-ours');
  });

  it('reads a file within a larger buffer', () => {
    const bytes = encodeModel(model());
    const larger = Uint8Array.of(9, 9, 9, ...bytes, 9);
    expect(outcome(larger.subarray(3, 3 + bytes.length))).toBe('decoded');
  });

  it('refuses ten thousand altered files', () => {
    const bytes = encodeModel(model());
    const rng = createRng(100);
    let same = 0;
    const outcomes = tally(10_000, () => {
      const file = altered(bytes, rng);
      // An edit can put back what was there.
      if (file.length === bytes.length && file.every((byte, i) => byte === bytes[i])) same++;
      return file;
    });
    expect(same).toBeLessThan(1000);
    expect(outcomes.get('decoded') ?? 0).toBe(same);
  });

  it.each([
    ['with Huffman codes', true],
    ['with fixed widths', false],
  ])('survives ten thousand altered files whose checksum is right, %s', (_, huffman) => {
    const bytes = encodeModel(model(), { huffman });
    const rng = createRng(101);
    const outcomes = tally(10_000, () => sealed(altered(bytes, rng)));
    expect(outcomes.get('compressed-invalid')).toBeGreaterThan(1000);
    expect(outcomes.get('compressed-topology')).toBeGreaterThan(100);
    expect(outcomes.get('decoded')).toBeGreaterThan(100);
    expect(outcomes.get('compressed-checksum')).toBeUndefined();
  });

  it('survives three thousand topologies with altered letters and values', () => {
    const { topology, weights } = storedModel(model());
    const rng = createRng(102);
    const odd: unknown[] = [null, -1, 0, 1e9, 2.5, '', 'relu', 'Dense', [], {}, [0], true, 1e308];
    const outcomes = tally(3000, () => {
      const copy = structuredClone(topology) as unknown as Record<string, unknown>;
      let place = copy;
      for (;;) {
        const key = rng.shuffle(Object.keys(place))[0];
        if (key === undefined) break;
        const inner = place[key];
        if (typeof inner === 'object' && inner !== null && rng.uniform() < 0.85) {
          place = inner as Record<string, unknown>;
          continue;
        }
        if (rng.uniform() < 0.2) Reflect.deleteProperty(place, key);
        else if (rng.uniform() < 0.2)
          place[rng.shuffle(['units', 'x', 'dtype', 'filters'])[0]!] = 3;
        else place[key] = rng.shuffle(odd)[0];
        break;
      }
      return writeCompressed(copy as never, weights, {});
    });
    expect(outcomes.get('compressed-topology')).toBeGreaterThan(1000);
    expect([...outcomes.keys()].sort()).toEqual(
      expect.arrayContaining(['compressed-topology', 'decoded']),
    );
  });
});

describe('a file with a right checksum and bad intent', () => {
  const layer = (over: Partial<StoredLayer> = {}, config: object = {}): StoredLayer => ({
    class: 'Dense',
    config: { name: 'd', units: 1, activation: 'linear', useBias: false, ...config },
    reads: [0],
    weights: ['kernel'],
    ...over,
  });
  const input: StoredLayer = {
    class: 'InputLayer',
    config: { name: 'in', dtype: 'float32', batchInputShape: [null, 2] },
    reads: [],
    weights: [],
  };
  const kernel: StoredWeight = { name: 'kernel', shape: [2, 1], values: Float32Array.of(1, 2) };
  const fileOf = (
    layers: StoredLayer[],
    weights: StoredWeight[][] = [[], [kernel]],
    over: Partial<StoredTopology> = {},
  ): Uint8Array =>
    writeCompressed(
      { name: 'm', inputs: [0], outputs: [layers.length - 1], layers, ...over },
      weights,
      {},
    );

  it('is read when there is nothing wrong with it', () => {
    expect(outcome(fileOf([input, layer()]))).toBe('decoded');
  });

  it.each<[string, StoredLayer]>([
    ['a layer that wraps another', layer({ class: 'TimeDistributed' })],
    ['a model as a layer', layer({ class: 'Sequential' })],
    ['a wrapper of ours', layer({ class: 'QuantizeWrapper' })],
    ['a class that is a property of every object', layer({ class: 'constructor' })],
    ['an optimizer', layer({ class: 'Adam' })],
    ['a layer nobody knows', layer({ class: 'Lambda' })],
    ['an initializer', layer({}, { kernelInitializer: { className: 'Orthogonal', config: {} } })],
    ['the name of an initializer', layer({}, { kernelInitializer: 'orthogonal' })],
    ['weights in the configuration', layer({}, { weights: [1] })],
    ['a prototype', layer({}, JSON.parse('{"__proto__": 1}') as object)],
    ['a layer as activation', layer({}, { activation: 'Dense' })],
    ['a model as activation', layer({}, { activation: { className: 'Sequential', config: {} } })],
    ['a layer as constraint', layer({}, { kernelConstraint: { className: 'Dense', config: {} } })],
    ['a name as constraint', layer({}, { kernelConstraint: 'Sequential' })],
    [
      'a constraint that holds more',
      layer({}, { kernelConstraint: { className: 'MaxNorm', config: { a: {} } } }),
    ],
    ['an object as units', layer({}, { units: { valueOf: 1 } })],
    ['lists within lists within lists', layer({}, { units: [[[[1]]]] })],
    ['a read of itself', layer({ reads: [1] })],
    ['a read of a later layer', layer({ reads: [2] })],
    ['a read of nothing', layer({ reads: [] })],
    ['a read between two layers', layer({ reads: [0.5] })],
    ['no name', layer({}, { name: 7 })],
    ['weights without names', layer({ weights: [1] as never })],
  ])('with %s is refused before anything is made of it', (_, wrong) => {
    const error = errorOf(() => decodeModel(fileOf([input, wrong])));
    expect(error.code).toBe('compressed-topology');
    // Our own words, not those of TensorFlow.js.
    expect(error.elaborate).toMatch(/^(Of l|L|The weights of l)ayer 1/);
  });

  it.each<[string, StoredLayer, StoredWeight[]]>([
    ['a billion units', layer({}, { units: 1e9 }), [kernel]],
    ['half a unit', layer({}, { units: 1.5 }), [kernel]],
    ['another shape than its weights', layer({}, { units: 2 }), [kernel]],
    ['a weight of another name', layer({ weights: ['bias'] }), [kernel]],
    ['a weight too few', layer({}, { useBias: true }), [kernel]],
    [
      'a weight too many',
      layer({ weights: ['kernel', 'bias'] }),
      [kernel, { ...kernel, name: 'bias' }],
    ],
    ['a weight twice', layer({ weights: ['kernel', 'kernel'] }), [kernel, kernel]],
    ['no units', layer({}, { units: null }), [kernel]],
  ])('with %s is refused, and leaves no tensor', (_, wrong, weights) => {
    expect(outcome(fileOf([input, wrong], [[], weights]))).toBe('compressed-topology');
  });

  it('is refused where a later layer is wrong, and what was made before is disposed of', () => {
    const second = layer({ reads: [1] }, { name: 'e', units: 1e9 });
    expect(outcome(fileOf([input, layer(), second], [[], [kernel], [kernel]]))).toBe(
      'compressed-topology',
    );
    const twice = layer({ reads: [1] });
    const small: StoredWeight = { ...kernel, shape: [1, 1], values: Float32Array.of(1) };
    expect(outcome(fileOf([input, layer(), twice], [[], [kernel], [small]]))).toBe(
      'compressed-topology',
    );
  });

  it('is refused where a layer leads nowhere', () => {
    const astray = layer({}, { name: 'astray' });
    const file = fileOf([input, astray, layer()], [[], [kernel], [kernel]]);
    expect(outcome(file)).toBe('compressed-topology');
  });

  it('is refused with a topology that is none', () => {
    const layers = [input, layer()];
    for (const over of [
      { name: 1 },
      { inputs: [] },
      { inputs: [1] },
      { outputs: [2] },
      { outputs: 'x' },
      { layers: {} },
      { layers: Array(3000).fill(input) },
      { layers: [null, null] },
    ]) {
      expect(outcome(fileOf(layers, [[], [kernel]], over as never))).toBe('compressed-topology');
    }
    expect(outcome(writeCompressed([] as never, [], {}))).toBe('compressed-topology');
    const deep = JSON.parse('['.repeat(1000) + ']'.repeat(1000)) as never;
    expect(outcome(fileOf([input, layer({}, { x: deep })]))).toBe('compressed-topology');
    for (const batchInputShape of [
      null,
      3,
      'x',
      [null, 0],
      [null, 1e9, -1],
      [1, 1, 1, 1, 1, 1, 1, 1, 1],
    ]) {
      const shaped = { ...input, config: { ...input.config, batchInputShape } };
      expect(outcome(fileOf([shaped as StoredLayer, layer()]))).toBe('compressed-topology');
    }
    const typed = { ...input, config: { ...input.config, dtype: 'string' } };
    expect(outcome(fileOf([typed, layer()]))).toBe('compressed-topology');
  });

  it('takes no memory for weights that its bytes do not hold', () => {
    // A kernel of 30,000 × 30,000 whose values are not there: a codebook and no numbers, or a gap and no more.
    const shape = [30_000, 30_000];
    const claimed = { ...kernel, shape };
    const bytes = fileOf([input, layer({}, { units: 30_000 })], [[], [claimed]]);
    const before = process.memoryUsage().arrayBuffers;
    expect(errorOf(() => decodeModel(bytes)).code).toBe('compressed-too-large');
    for (const method of ['float32', 'clustered', 'sparse', 'sparse-clustered'] as const) {
      const topology = { name: 'm', inputs: [0], outputs: [1], layers: [input, layer()] };
      const tiny = writeCompressed(topology, [[], [claimed]], { method });
      expect(tiny.length).toBeLessThan(1000);
      expect(errorOf(() => decodeModel(tiny, { maxWeights: 2 ** 31 - 1 })).code).toMatch(
        /^compressed-(invalid|truncated)$/,
      );
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2e6);
  });

  it('of another version is refused by name', () => {
    const bytes = encodeModel(model());
    bytes[4] = 2;
    expect(outcome(sealed(bytes))).toBe('compressed-version');
    for (const wrong of [null, undefined, 'x', [1, 2], new ArrayBuffer(20), new Int8Array(20)]) {
      expect(errorOf(() => decodeModel(wrong as never)).code).toBe('not-bytes');
    }
    for (const maxWeights of [0, 2.5, NaN, '9']) {
      const { code } = errorOf(() => decodeModel(bytes, { maxWeights: maxWeights as number }));
      expect(code).toBe('not-an-integer-in-range');
    }
  });
});
