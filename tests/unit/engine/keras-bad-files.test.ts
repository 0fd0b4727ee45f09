import '@tensorflow/tfjs-backend-cpu';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { loadModel, saveModel } from '../../../src/engine/keras/index.ts';
import { groupAt, newGroup, writeHdf5 } from '../../../src/engine/keras/hdf5/write-hdf5.ts';
import { readZip } from '../../../src/engine/keras/zip/read-zip.ts';
import { crc32 } from '../../../src/engine/compression/crc32.ts';
import { ascii, find, patched, text, u64, viewOf, type Bytes } from './hostile-files/altered.ts';
import {
  DENSE_WEIGHTS,
  denseConfig,
  h5File,
  libraryFile,
  numbersAt,
  open,
  refusal,
  rising,
} from './keras-files.ts';
import { smallCnn } from './random-models.ts';

const dense = (): Bytes => h5File(denseConfig(), DENSE_WEIGHTS);
const FLOAT32 = [0x11, 0x20, 0x1f, 0, 4, 0, 0, 0];

describe('files of something else', () => {
  it.each([
    ['an empty file', new Uint8Array(0), 'It is empty.'],
    ['one byte', Uint8Array.of(0x89), 'It has 1 bytes.'],
    ['a page', text('<!DOCTYPE html><title>404</title>'), 'It is a page of HTML.'],
    [
      'a pointer',
      text('version https://git-lfs.github.com/spec/v1\noid sha256:0'),
      'It is a pointer of Git LFS.',
    ],
    ['a .tflite', text('\x20\0\0\0TFL3 and so on'), 'It is a .tflite file.'],
    ['a model of TensorFlow.js', text('{"format": "layers-model"}'), 'It is JSON.'],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0), 'It is compressed with gzip.'],
    ['noise', Uint8Array.from({ length: 5000 }, (_, i) => (i * 37) & 255), 'It has 5000 bytes.'],
  ])('%s: says what it is', async (_, bytes, what) => {
    const error = await refusal(bytes);
    expect(error.code).toBe('keras-not-a-model-file');
    expect(error.elaborate).toBe(what);
  });

  it('knows weights without a model, and HDF5 without either', async () => {
    const file = (fill: (root: ReturnType<typeof newGroup>) => void): Uint8Array => {
      const root = newGroup();
      fill(root);
      return writeHdf5(root);
    };
    const keras2 = file((root) => root.attributes.set('layer_names', ['dense']));
    const keras3 = file((root) => groupAt(root, 'layers/dense/vars'));
    expect((await refusal(keras2)).code).toBe('keras-weights-only');
    expect((await refusal(keras3)).code).toBe('keras-weights-only');
    const data = file((root) => root.children.set('temperatures', rising([3])));
    expect(await refusal(data)).toMatchObject({
      code: 'keras-no-config',
      elaborate: 'It holds temperatures.',
    });
    const config = file((root) => root.attributes.set('model_config', '{}'));
    expect((await refusal(config)).code).toBe('keras-no-weights');
  });

  it('refuses more than 1 GB unread', async () => {
    const huge = { size: 2 ** 30 + 1, arrayBuffer: () => Promise.reject(new Error('read')) };
    Object.setPrototypeOf(huge, Blob.prototype);
    Object.defineProperty(huge, 'size', { value: 2 ** 30 + 1 });
    await expect(loadModel(huge as unknown as Blob)).rejects.toMatchObject({
      code: 'keras-too-large',
    });
  });
});

describe('files that were cut', () => {
  it('are refused wherever they end', async () => {
    const bytes = dense();
    for (let end = 0; end < bytes.length; end += end < 200 ? 1 : 13) {
      expect((await refusal(bytes.slice(0, end))).code).toMatch(
        /^(?:hdf5-truncated|keras-not-a-model-file)$/,
      );
    }
  });

  it('are refused as .keras too', async () => {
    const bytes = await saveModel(smallCnn(1), 'a.keras');
    for (let end = 0; end < bytes.length; end += end < 100 ? 1 : 211) {
      expect((await refusal(bytes.slice(0, end))).code).toMatch(
        /^(?:zip-invalid|keras-not-a-model-file)$/,
      );
    }
  });
});

/** More of it is in hostile-files/, by its number in group F. */
describe('HDF5 that does harm', () => {
  it.each([
    ['addresses of 3 bytes', () => patched(dense(), [0x89, 0x48], 13, [3]), 'of 3 bytes'],
    [
      'a root past the end',
      () => patched(dense(), [0x89, 0x48], 64, u64(1e9)),
      'past its last byte',
    ],
    [
      'an address of 2^60',
      () => patched(dense(), [0x89, 0x48], 64, u64(2 ** 60)),
      'too large a number',
    ],
    ['a type of class 13', () => patched(dense(), FLOAT32, 0, [0x1d]), 'class 13'],
    ['a time', () => patched(dense(), FLOAT32, 0, [0x12]), 'times'],
    ['texts for numbers', () => patched(dense(), FLOAT32, 0, [0x13]), 'texts or bytes'],
    ['bytes for numbers', () => patched(dense(), FLOAT32, 0, [0x15]), 'texts or bytes'],
    ['floats of VAX', () => patched(dense(), FLOAT32, 1, [0x61]), 'of their own kind'],
    [
      'a virtual array',
      () => patched(dense(), [8, 0, 24, 0, 0, 0, 0, 0, 3, 1], 8, [4, 3]),
      'from other files',
    ],
  ])('%s', async (_, make, what) => {
    const error = await refusal(make());
    expect(error.code).toMatch(/^hdf5-/);
    expect(error.message).toContain(what);
  });

  it.each(['a soft link', 'an external link'])('%s in place of weights', async (kind) => {
    const bytes = await libraryFile('v108', (file) => {
      file.create_attribute('model_config', JSON.stringify(denseConfig()));
      if (kind === 'a soft link') file.create_soft_link('/elsewhere', 'model_weights');
      else file.create_external_link('/etc/passwd', '/', 'model_weights');
    });
    expect(await refusal(bytes)).toMatchObject({ code: 'hdf5-unsupported' });
    expect((await refusal(bytes)).explain).toContain(kind);
  });

  it('a small file that claims petabytes', async () => {
    const whole = denseConfig({ units: 2 ** 20 });
    const kernel = [...u64(2), ...u64(3), ...u64(2), ...u64(3)];
    const bytes = patched(h5File(whole, DENSE_WEIGHTS), kernel, 8, u64(2 ** 46));
    expect((await refusal(bytes)).message).toMatch(/shape/);
    // A shape that fits the configuration, and bytes that do not fit the shape.
    const fits = patched(h5File(whole, DENSE_WEIGHTS), kernel, 8, u64(2 ** 20));
    expect((await refusal(fits)).message).toContain('24 are stored');
  });

  it('chunks that claim more than the file could hold', async () => {
    const bytes = await libraryFile('earliest', (file) => {
      file.create_dataset({
        name: 'a',
        data: [1, 2],
        shape: [2],
        maxshape: [null],
        chunks: [2],
        dtype: '<f4',
      });
      const set = file.get('a') as unknown as { resize(shape: number[]): void };
      set.resize([2 ** 46]);
    });
    expect(bytes.length).toBeLessThan(10_000);
    expect(() => numbersAt(bytes, 'a')).toThrow(/claim more than could be in them/);
  });

  it('one array that many names lead to', async () => {
    const many = 400;
    const bytes = await libraryFile('earliest', (file) => {
      file.create_dataset({
        name: 'a',
        data: new Float32Array(250_000),
        shape: [250_000],
        dtype: '<f4',
      });
      for (let i = 0; i < many; i++) file.create_hard_link('/a', `b${i}`);
    });
    const file = open(bytes);
    let read = 0;
    expect(() => {
      for (let i = 0; i < many; i++) read += file.find(`b${i}`)!.dataset().floats().byteLength;
    }).toThrow(/claim more/);
    expect(read).toBeLessThan(40 * 2 ** 20);
  });

  it('filters that are not known, by name', async () => {
    const gzip = await libraryFile('earliest', (file) => {
      file.create_dataset({
        name: 'a',
        data: new Float32Array(64),
        shape: [64],
        chunks: [64],
        dtype: '<f4',
        compression: 3,
      });
    });
    const at = find(gzip, ascii('deflate')) - 8;
    for (const [id, name] of [
      [3, 'fletcher32'],
      [4, 'szip'],
      [777, 'the filter 777'],
    ] as const) {
      const bytes = gzip.slice();
      viewOf(bytes).setUint16(at, id, true);
      expect(() => numbersAt(bytes, 'a')).toThrow(name);
    }
    expect(numbersAt(gzip, 'a')).toEqual(Array(64).fill(0));
  });

  it('a compressed chunk that unpacks to more than its size', async () => {
    const bytes = await libraryFile('earliest', (file) => {
      file.create_dataset({
        name: 'a',
        data: new Float32Array(1e6),
        shape: [1e6],
        chunks: [1e6],
        dtype: '<f4',
        compression: 9,
      });
    });
    // A chunk of 4 MB is said to be of 400 bytes; the array too.
    const copy = bytes.slice();
    for (let at = 0; at + 8 <= copy.length; at++) {
      if (viewOf(copy).getUint32(at, true) === 1e6) viewOf(copy).setUint32(at, 100, true);
    }
    expect(() => numbersAt(copy, 'a')).toThrow('cannot be decompressed to its size');
  });
});

describe('numbers in other formats', () => {
  it('are refused where integers belong and there are none', () => {
    const root = newGroup();
    root.children.set('a', { shape: [1], values: Float32Array.of(1.5) });
    root.children.set('b', { shape: [1], values: Uint32Array.of(2 ** 31) });
    const file = open(writeHdf5(root));
    expect(() => file.find('a')!.dataset().ints()).toThrow('1.5');
    expect(() => file.find('b')!.dataset().ints()).toThrow('2147483648');
  });
});

describe('zips that do harm', () => {
  interface Entry {
    name: string | Uint8Array;
    data: Uint8Array;
    method?: number;
    /** What is said in the place of the truth. */
    says?: { size?: number; packedSize?: number; crc?: number; flags?: number; at?: number };
  }

  function zip(entries: Entry[], count = entries.length): Uint8Array<ArrayBuffer> {
    const parts: number[] = [];
    const central: number[] = [];
    const u16 = (value: number): number[] => u64(value).slice(0, 2);
    const u32 = (value: number): number[] => u64(value).slice(0, 4);
    for (const { name, data, method = 0, says = {} } of entries) {
      const title = typeof name === 'string' ? text(name) : name;
      const at = parts.length;
      const packed = method === 8 ? deflateRawSync(data) : data;
      const shared = [
        ...u16(20),
        ...u16(says.flags ?? 0),
        ...u16(method),
        ...u32(0),
        ...u32(says.crc ?? crc32(data)),
        ...u32(says.packedSize ?? packed.length),
        ...u32(says.size ?? data.length),
        ...u16(title.length),
        ...u16(0),
      ];
      parts.push(...u32(0x04034b50), ...shared, ...title);
      for (const byte of packed) parts.push(byte);
      central.push(
        ...u32(0x02014b50),
        ...u16(20),
        ...shared,
        ...Array<number>(10).fill(0),
        ...u32(says.at ?? at),
        ...title,
      );
    }
    const start = parts.length;
    return Uint8Array.from([
      ...parts,
      ...central,
      ...u32(0x06054b50),
      ...u32(0),
      ...u16(count),
      ...u16(count),
      ...u32(central.length),
      ...u32(start),
      ...u16(0),
    ]);
  }
  const config: Entry = { name: 'config.json', data: text('{}') };
  const weights: Entry = { name: 'model.weights.h5', data: text('none') };

  it.each<[string, Entry[], string]>([
    ['names that lead upward', [{ ...config, name: '../config.json' }, weights], 'leads out of it'],
    ['names from the root', [{ ...config, name: '/config.json' }, weights], 'leads out of it'],
    ['names of a disk', [{ ...config, name: 'C:config.json' }, weights], 'leads out of it'],
    [
      'names with other slashes',
      [{ ...config, name: 'a\\config.json' }, weights],
      'leads out of it',
    ],
    ['names that are no text', [{ ...config, name: Uint8Array.of(0xff) }, weights], 'UTF-8'],
    ['a name twice', [config, config, weights], 'in it twice'],
    ['files over each other', [config, { ...weights, says: { at: 0 } }], 'lies over'],
    [
      'a file past the end',
      [config, { ...weights, says: { packedSize: 1e6, size: 1e6 } }],
      'lies over',
    ],
    ['encrypted files', [config, { ...weights, says: { flags: 1 } }], 'encrypted'],
    ['files of another method', [{ ...config, says: {}, method: 14 }, weights], 'method 14'],
    ['sizes of more than 4 GB', [config, { ...weights, says: { size: 0xffffffff } }], '4 GB'],
    ['a checksum that does not fit', [{ ...config, says: { crc: 1 } }, weights], 'checksum'],
    [
      'a size that is too small',
      [{ ...config, method: 8, says: { size: 1 } }, weights],
      'not of the size',
    ],
    [
      'a size that is too large',
      [{ ...config, method: 8, says: { size: 9 } }, weights],
      'not of the size',
    ],
    [
      'a configuration without end',
      [{ ...config, says: { size: 2e9 } }, weights],
      'at most 16777216',
    ],
  ])('%s', async (_, entries, what) => {
    const error = await refusal(zip(entries));
    expect(error.code).toMatch(/^zip-/);
    expect(error.message).toContain(what);
  });

  it('a bomb: 20 MB of zeros, whatever it says', async () => {
    const data = new Uint8Array(20 * 2 ** 20);
    const truthful = zip([config, { ...weights, data, method: 8 }]);
    expect(truthful.length).toBeLessThan(60_000);
    expect((await refusal(truthful)).message).toContain('would take 20971520 bytes');
    const lying = zip([config, { ...weights, data, method: 8, says: { size: 1000 } }]);
    expect((await refusal(lying)).message).toContain('not of the size');
  });

  it('but compressed ones that are whole are opened', async () => {
    const good = readZip(await saveModel(smallCnn(1), 'a.keras'));
    const entries = [...good].map(([name, read]) => ({ name, data: read(1e6), method: 8 }));
    expect((await loadModel(zip(entries))).layers).toHaveLength(6);
  });

  it('a zip of something else, and one that lists more than it has', async () => {
    expect(await refusal(zip([{ name: 'word/document.xml', data: text('') }]))).toMatchObject({
      code: 'keras-not-a-model-file',
      elaborate: 'It holds word/document.xml.',
    });
    expect((await refusal(zip([config]))).explain).toContain('without model.weights.h5');
    expect((await refusal(zip([config, weights], 9))).code).toBe('zip-invalid');
    expect((await refusal(zip([config, weights]))).code).toBe('keras-not-a-model-file');
  });
});

it.each([
  ['its bias has another shape', '"units":3', '"units":4', 'keras-weight-shape'],
  [
    'its activation is another',
    '"activation":"linear"',
    '"activation":"linger"',
    'keras-part-unsupported',
  ],
])('leaves no tensors when the last layer fails: %s', async (_, from, to, code) => {
  const bytes = patched(await saveModel(smallCnn(3), 'a.h5'), ascii(from), 0, ascii(to));
  expect((await refusal(bytes)).code).toBe(code);
});
