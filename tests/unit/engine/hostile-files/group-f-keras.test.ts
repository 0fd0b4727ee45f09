/** Group F, F19 to F24: Keras files that do harm. Each is refused, soon, in little memory, and says why. */
import '@tensorflow/tfjs-backend-cpu';
import { tf } from 'heavy-weights';
import { afterAll, describe, expect, it } from 'vitest';
import { groupAt, newGroup, writeHdf5 } from '../../../../src/engine/keras/hdf5/write-hdf5.ts';
import {
  DENSE_WEIGHTS,
  denseConfig,
  h5File,
  libraryFile,
  numbersAt,
  open,
  rising,
} from '../keras-files.ts';
import { ascii, find, patched, u64, viewOf, type Bytes } from './altered.ts';
import { OPEN, outcomeOf, refused } from './attempt.ts';
import { GOOD } from './small-files.ts';

const dense = (): Bytes => h5File(denseConfig(), DENSE_WEIGHTS);
const FLOAT32 = [0x11, 0x20, 0x1f, 0, 4, 0, 0, 0];

afterAll(async () => {
  expect(await outcomeOf(OPEN.h5, GOOD.h5())).toBe('opened');
  expect(await outcomeOf(OPEN.keras, GOOD.keras())).toBe('opened');
});

async function refusedWith(bytes: Bytes, code: RegExp | string, what: string): Promise<void> {
  const error = await refused('h5', bytes, what);
  expect(error.code).toMatch(code);
  expect(error.message).toContain(what);
}

describe('group F, HDF5', () => {
  it('F19 superblock version 9', () =>
    refusedWith(patched(dense(), [0x89, 0x48], 8, [9]), 'hdf5-invalid', 'version 9'));

  it('F19 base address past the end', () =>
    refusedWith(
      patched(dense(), [0x89, 0x48], 24, u64(1e9)),
      'hdf5-invalid',
      'begins at byte 1000000000',
    ));

  it('F19 B-tree cycle: the first child of each node is the node itself', async () => {
    for (const level of [0, 1]) {
      const copy = dense();
      let nodes = 0;
      for (let at = 0; ; at++, nodes++) {
        try {
          at = find(copy, ascii('TREE'), at);
        } catch {
          break;
        }
        copy[at + 5] = level;
        copy.set(u64(at), at + 32);
      }
      expect(nodes).toBeGreaterThan(3);
      const what = level === 0 ? 'something else' : 'lead in a circle';
      await refusedWith(copy, 'hdf5-invalid', level === 0 ? 'circle' : what);
    }
  });

  it('F19 heap cycles: the names of a group in its own header, a text in its own collection', async () => {
    const names = dense();
    const heap = find(names, ascii('HEAP'));
    viewOf(names).setBigUint64(heap + 24, BigInt(heap), true);
    await refused('h5', names, 'names');
    // An object of the collection is as long as all of it and more.
    for (const length of [0, 2 ** 40, 8]) {
      const texts = dense();
      viewOf(texts).setBigUint64(find(texts, ascii('GCOL')) + 16 + 8, BigInt(length), true);
      await refused('h5', texts, `texts of ${length}`);
    }
    // The newer kind of heap and its tree: each child is the node above it.
    const newer = await libraryFile('v110', (file) => {
      file.create_attribute('model_config', JSON.stringify(denseConfig()));
      const weights = file.create_group('model_weights');
      for (let i = 0; i < 2000; i++) weights.create_group(`layer_${i}`);
    });
    const inner = find(newer, ascii('BTIN'));
    const leaf = find(newer, ascii('BTLF'));
    for (let at = inner; at < inner + 500; at++) {
      if (viewOf(newer).getBigUint64(at, true) === BigInt(leaf)) {
        viewOf(newer).setBigUint64(at, BigInt(inner), true);
      }
    }
    await refused('h5', newer, 'a tree of the newer kind');
    const doubled = await libraryFile('v110', (file) => {
      file.create_attribute('model_config', JSON.stringify(denseConfig()));
      const weights = file.create_group('model_weights');
      for (let i = 0; i < 2000; i++) weights.create_group(`layer_${i}`);
    });
    const block = find(doubled, ascii('FHIB'));
    for (let at = block + 13; at + 8 <= Math.min(block + 400, doubled.length); at += 8) {
      viewOf(doubled).setBigUint64(at, BigInt(block), true);
    }
    await refused('h5', doubled, 'a heap of the newer kind');
  });

  it('F19 a group that holds itself by a hard link', async () => {
    const bytes = await libraryFile('earliest', (file) => {
      file.create_attribute('model_config', JSON.stringify(denseConfig()));
      const group = file.create_group('model_weights');
      group.create_attribute('layer_names', ['dense']);
      group.create_hard_link('/model_weights', 'dense');
      group.create_attribute('weight_names', ['dense/dense/dense/kernel:0']);
    });
    await refusedWith(bytes, 'keras-weight-missing', 'kernel');
  });

  it('F19 an object header that is continued in itself', async () => {
    const root = newGroup();
    groupAt(root, 'model_weights');
    const bytes = writeHdf5(root);
    const header = Number(viewOf(bytes).getBigUint64(64, true));
    // The symbol table message becomes a continuation, of the very block that it is in.
    bytes.set([0x10, 0], header + 16);
    bytes.set(u64(header + 16), header + 24);
    bytes.set(u64(24), header + 32);
    await refusedWith(bytes, 'hdf5-invalid', 'continued in itself');
  });

  it('F23 attribute bombs: a model_config of 500 MB, many texts that are one', async () => {
    const config = JSON.stringify(denseConfig());
    const bomb = dense();
    const name = find(bomb, ascii('model_config'));
    bomb.set(u64(500e6).slice(0, 4), find(bomb, u64(config.length).slice(0, 4), name));
    await refusedWith(bomb, 'keras-text-too-long', '500000000 bytes');
    // In truth, too; what is longer than 16 MB is not even looked at.
    const long = h5File({ ...denseConfig(), more: 'x'.repeat(17 * 2 ** 20) }, DENSE_WEIGHTS);
    await refusedWith(long, 'keras-text-too-long', 'bytes');

    const many = await libraryFile('earliest', (file) => {
      file.create_attribute(
        'names',
        Array.from({ length: 2000 }, () => 'y'.repeat(20)),
      );
      file.create_attribute('model_config', 'x'.repeat(9e6));
    });
    const list = find(many, [20, 0, 0, 0]);
    const element = find(many, u64(9e6).slice(0, 4));
    expect(list).not.toBe(element);
    const reference = many.slice(element, element + 16);
    let names = 0;
    for (let i = list; many[i] === 20 && many[i + 1] === 0; i += 16, names++) {
      many.set(reference, i);
    }
    expect(names).toBe(2000);
    expect(() => open(many).texts('names')).toThrow('its texts have no end');
  });

  it('F23 one header of attributes, one list of names, that many groups share', async () => {
    const layers = Array.from({ length: 60 }, (_, i) => `l${i}`);
    const config = {
      class_name: 'Sequential',
      config: {
        name: 's',
        layers: layers.map((name) => ({
          class_name: 'Dense',
          config: { name, batch_input_shape: [null, 1], units: 1 },
        })),
      },
    };
    const shared = (fill: (bomb: Map<string, string | string[]>) => void): Bytes => {
      const root = newGroup();
      root.attributes.set('model_config', JSON.stringify(config));
      const weights = groupAt(root, 'model_weights');
      weights.attributes.set('layer_names', layers);
      const bomb = groupAt(root, 'bomb');
      fill(bomb.attributes);
      for (const name of layers) {
        groupAt(weights, name).attributes.set('continued', 'here');
        groupAt(weights, name).children.set('k', rising([1, 1]));
      }
      return writeHdf5(root);
    };
    /** The first attribute of each layer becomes a continuation of its header in the bomb. */
    const linked = (bytes: Bytes, mark: string): Bytes => {
      const view = viewOf(bytes);
      const first = find(bytes, ascii(mark)) - 16;
      const length = lengthOf(view, first);
      expect(length).toBeGreaterThan(60_000);
      let from = 0;
      for (let i = 0; i < layers.length; i++) {
        const name = find(bytes, ascii('continued'), from);
        // The name begins 8 bytes after its message's body, which follows a head of 8.
        const message = name - 16;
        expect(view.getUint16(message, true)).toBe(0x0c);
        view.setUint16(message, 0x10, true);
        view.setBigUint64(message + 8, BigInt(first), true);
        view.setBigUint64(message + 16, BigInt(length), true);
        from = name + 1;
      }
      return bytes;
    };
    const attributes = linked(
      shared((bomb) => {
        for (let i = 0; i < 60_000; i++) bomb.set(`a${i}`, '');
      }),
      'a0\0',
    );
    expect(attributes.length).toBeLessThan(8 * 2 ** 20);
    await refusedWith(attributes, 'hdf5-invalid', 'structure has no end');
    const list = linked(
      shared((bomb) => bomb.set('weight_names', Array<string>(60_000).fill('k'))),
      'weight_names',
    );
    expect(list.length).toBeLessThan(2 ** 20);
    await refusedWith(list, 'hdf5-invalid', 'structure has no end');
  });

  it('F23 a list of 300,000 names', async () => {
    const root = newGroup();
    root.attributes.set('model_config', JSON.stringify(denseConfig()));
    const weights = groupAt(root, 'model_weights');
    weights.attributes.set('layer_names', Array<string>(300_000).fill('k'));
    const bytes = writeHdf5(root);
    expect(bytes.length).toBeLessThan(2 ** 20);
    await refusedWith(bytes, 'hdf5-invalid', 'structure has no end');
  });

  it('F23 names that are no UTF-8', () =>
    refusedWith(patched(dense(), [...ascii('dense'), 0, 0, 0], 0, [0xff]), 'hdf5-', 'UTF-8'));

  it('F23 a type of no bytes', () =>
    refusedWith(patched(dense(), FLOAT32, 4, [0, 0, 0, 0]), 'hdf5-', 'no size'));

  it.each([
    ['F23 compound type', [0x16], 'compound types'],
    ['F23 references', [0x17], 'references'],
    ['F23 lists of varying length', [0x19, 0], 'lists of varying length'],
  ])('%s', (_, change, what) =>
    refusedWith(patched(dense(), FLOAT32, 0, change), 'hdf5-unsupported', what),
  );

  it('F23 big-endian numbers are read as what they are', () => {
    const root = newGroup();
    root.children.set('a', { shape: [2], values: Float32Array.of(1.5, -0.1) });
    root.children.set('b', { shape: [2], values: Int32Array.of(-7, 2 ** 30) });
    const bytes = writeHdf5(root);
    const swapped = bytes.slice();
    for (const [type, data] of [
      [FLOAT32, new Uint8Array(Float32Array.of(1.5, -0.1).buffer)],
      [[0x10, 8, 0, 0, 4, 0, 0, 0], new Uint8Array(Int32Array.of(-7, 2 ** 30).buffer)],
    ] as const) {
      swapped[find(swapped, type) + 1]! |= 1;
      const at = find(swapped, Array.from(data));
      swapped.subarray(at, at + 4).reverse();
      swapped.subarray(at + 4, at + 8).reverse();
    }
    expect(swapped).not.toEqual(bytes);
    expect(numbersAt(swapped, 'a')).toEqual([1.5, Math.fround(-0.1)]);
    expect(Array.from(open(swapped).find('b')!.dataset().ints())).toEqual([-7, 2 ** 30]);
  });

  it('F23 float16 is read as what it is', async () => {
    const root = newGroup();
    root.children.set('a', { shape: [1], values: Float32Array.of(1) });
    const bytes = writeHdf5(root);
    const type = find(bytes, FLOAT32);
    // Sign at bit 15, 2 bytes, 16 bits, the exponent 5 bits from bit 10 on, 10 of mantissa, bias 15.
    bytes.set([0x11, 0x20, 15, 0, 2, 0, 0, 0, 0, 0, 16, 0, 10, 5, 0, 10, 15, 0, 0, 0], type);
    const layout = find(bytes, [3, 1], type);
    viewOf(bytes).setBigUint64(layout + 10, 2n, true);
    const data = Number(viewOf(bytes).getBigUint64(layout + 2, true));
    for (const [half, value] of [
      [0x3e00, 1.5],
      [0xb400, -0.25],
      [0x7bff, 65504],
    ] as const) {
      viewOf(bytes).setUint16(data, half, true);
      expect(numbersAt(bytes, 'a')).toEqual([value]);
    }
  });
});

/** Bytes of the attributes that follow each other in a header. */
function lengthOf(view: DataView, first: number): number {
  let at = first;
  while (at + 8 <= view.byteLength && view.getUint16(at, true) === 0x0c) {
    at += 8 + view.getUint16(at + 2, true);
  }
  return at - first;
}

describe('group F, configurations of Keras', () => {
  const layer = (className: string, config: object, more: object = {}): object => ({
    class_name: 'Sequential',
    config: {
      name: 's',
      layers: [
        {
          class_name: className,
          config: { name: 'layer', batch_input_shape: [null, 2], ...config },
          ...more,
        },
      ],
    },
  });
  const refusedConfig = (config: object, what: string) =>
    refused('h5', h5File(config, DENSE_WEIGHTS), what);
  const made: string[] = [];

  /** A class that TensorFlow.js would find by its name. */
  class Registered extends tf.layers.Layer {
    static className = 'RegisteredByTheTest';
    constructor(options: object) {
      super(options);
      made.push('RegisteredByTheTest');
    }
  }
  tf.serialization.registerClass(Registered as never);

  it('F24 Lambda with marshalled code, TFSMLayer with a path', async () => {
    for (const [name, config] of [
      ['Lambda', { function: ['4wEAAAAAAAAAAA==', null, null] }],
      ['Lambda', { function: { class_name: '__lambda__', config: { code: '4wEAAA==' } } }],
      ['TFSMLayer', { filepath: '/etc/passwd' }],
    ] as const) {
      const error = await refusedConfig(layer(name, config), name);
      expect(error).toMatchObject({ code: 'keras-layer-unsupported' });
      expect(error.message).toContain('It would run code from the file');
    }
  });

  it('F24 module and registered_name pointing anywhere: nothing is looked up by them', async () => {
    const anywhere = { module: 'os', registered_name: 'Package>system', build_config: {} };
    const elsewhere = await refusedConfig(layer('Dense', { units: 3 }, anywhere), 'anywhere');
    expect(elsewhere.explain).toContain('of the class os.Dense, which is not read here');
    // A class of this name is there to be found, and is not.
    for (const more of [{}, anywhere, { module: 'keras.layers' }]) {
      const error = await refusedConfig(layer('RegisteredByTheTest', {}, more), 'registered');
      expect(error.code).toBe('keras-layer-unsupported');
    }
    for (const key of [
      'activation',
      'kernel_initializer',
      'kernel_regularizer',
      'kernel_constraint',
    ]) {
      for (const value of [
        'RegisteredByTheTest',
        { module: 'os', class_name: 'system', config: {}, registered_name: 'Package>system' },
        { class_name: 'RegisteredByTheTest', config: {} },
        { class_name: 'function', config: 'eval', registered_name: 'function' },
      ]) {
        // An initializer is never used: the weights are in the file.
        const config = layer('Dense', { name: 'dense', units: 3, [key]: value }, anywhere);
        const outcome = await outcomeOf(OPEN.h5, h5File(config, DENSE_WEIGHTS), key);
        if (key === 'activation') expect(outcome).not.toBe('opened');
      }
    }
    expect(made).toEqual([]);
  });

  it('F24 nested models 1,000 deep', async () => {
    let config: object = layer('Flatten', {});
    for (let i = 0; i < 1000; i++) {
      config = { class_name: 'Sequential', config: { name: `m${i}`, layers: [config] } };
    }
    expect((await refusedConfig(config, 'depth')).code).toBe('keras-config-too-deep');
  });

  it('F24 layer cycle', async () => {
    const add = (name: string, other: string): object => ({
      class_name: 'Add',
      name,
      config: { name },
      inbound_nodes: [
        [
          ['x', 0, 0, {}],
          [other, 0, 0, {}],
        ],
      ],
    });
    const input = {
      class_name: 'InputLayer',
      name: 'x',
      config: { name: 'x', batch_input_shape: [null, 2] },
      inbound_nodes: [],
    };
    const config = {
      class_name: 'Functional',
      config: {
        name: 'f',
        layers: [input, add('a', 'b'), add('b', 'a')],
        input_layers: [['x', 0, 0]],
        output_layers: [['b', 0, 0]],
      },
    };
    const error = await refusedConfig(config, 'cycle');
    expect(error.code).toBe('keras-layer-cycle');
  });

  it('F24 __class__, constructor and other names that objects have, as class_name', async () => {
    for (const name of ['__class__', 'constructor', '__proto__', 'toString', 'valueOf', 'Layer']) {
      expect((await refusedConfig(layer(name, {}), name)).code).toBe('keras-layer-unsupported');
      const model = { class_name: name, config: { name: 'm', layers: [] } };
      expect((await refusedConfig(model, name)).code).toMatch(/^keras-/);
      await refusedConfig(layer('Dense', { units: 3, activation: name }), name);
    }
    expect(({} as Record<string, unknown>)['layers']).toBeUndefined();
  });

  it('F24 a call of enable_unsafe_deserialization', async () => {
    for (const call of [
      {
        module: 'keras.config',
        class_name: 'function',
        config: 'enable_unsafe_deserialization',
        registered_name: 'function',
      },
      'keras.config.enable_unsafe_deserialization',
    ]) {
      const error = await refusedConfig(layer('Dense', { units: 3, activation: call }), 'call');
      expect(error.code).toMatch(/^keras-/);
    }
    const asLayer = layer('function', { config: 'enable_unsafe_deserialization' });
    expect((await refusedConfig(asLayer, 'call')).code).toBe('keras-layer-unsupported');
  });
});
