import '@tensorflow/tfjs-backend-cpu';
import { zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { unfilter } from '../../../src/engine/keras/hdf5/filters.ts';
import { groupAt, newGroup, writeHdf5 } from '../../../src/engine/keras/hdf5/write-hdf5.ts';
import { openHdf5 } from '../../../src/engine/keras/hdf5/hdf5-file.ts';
import { findHdf5 } from '../../../src/engine/keras/hdf5/superblock.ts';
import { inLibrary, libraryFile, numbersAt, open, rising, type Oldest } from './keras-files.ts';

const OLDEST: Oldest[] = ['earliest', 'v108', 'v110', 'latest'];
const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 0.25);

describe.each(OLDEST.map((oldest) => ({ oldest })))(
  'files that the HDF5 library writes, $oldest',
  ({ oldest }) => {
    it.each([0, 1, 8, 9, 40, 300])('lists %i links', async (n) => {
      const names = Array.from({ length: n }, (_, i) => `layer_${i}`);
      const bytes = await libraryFile(oldest, (file) => {
        const group = file.create_group('weights');
        for (const name of names) group.create_group(name);
      });
      expect(open(bytes).find('weights')!.names.sort()).toEqual(names.sort());
    });

    it('reads texts of attributes: scalars, lists, long ones, in other alphabets, and many', async () => {
      const long = `{"layers": "${'ü'.repeat(100_000)}"}`;
      const bytes = await libraryFile(oldest, (file) => {
        file.create_attribute('model_config', long);
        file.create_attribute('names', ['a', 'überall', '層']);
        const group = file.create_group('many');
        for (let i = 0; i < 30; i++) group.create_attribute(`name${i}`, `text ${i}`);
      });
      expect(open(bytes).texts('model_config')).toEqual([long]);
      expect(open(bytes).texts('names')).toEqual(['a', 'überall', '層']);
      const many = open(bytes).find('many')!;
      for (let i = 0; i < 30; i++) expect(many.texts(`name${i}`)).toEqual([`text ${i}`]);
      expect(many.texts('name30')).toBeUndefined();
    });

    it('reads numbers of each type, of any rank', async () => {
      const bytes = await libraryFile(oldest, (file) => {
        const make = (name: string, dtype: string, shape: number[], data: unknown): void => {
          file.create_dataset({ name, data: data as number[], shape, dtype });
        };
        make('f2', '<f2', [3], [1, -0.5, 65504]);
        make('f4', '<f4', [2, 2], [1.5, -2, 3e38, 0]);
        make('f8', '<f8', [2], [0.1, -1e-300]);
        make('i4', '<i4', [2], [-5, 2 ** 31 - 1]);
        make('scalar', '<f4', [], [7]);
        make('deep', '<f4', [2, 1, 3, 1, 2], count(12));
      });
      expect(numbersAt(bytes, 'f2')).toEqual([1, -0.5, 65504]);
      expect(numbersAt(bytes, 'f4')).toEqual([1.5, -2, Math.fround(3e38), 0]);
      expect(numbersAt(bytes, 'f8')).toEqual([Math.fround(0.1), -0]);
      expect(Array.from(open(bytes).find('i4')!.dataset().ints())).toEqual([-5, 2 ** 31 - 1]);
      expect(numbersAt(bytes, 'scalar')).toEqual([7]);
      expect(open(bytes).find('deep')!.dataset().shape).toEqual([2, 1, 3, 1, 2]);
      expect(numbersAt(bytes, 'deep')).toEqual(count(12));
    });

    it.each([
      { shape: [20, 30], chunks: [7, 8] },
      { shape: [20, 30], chunks: [20, 30] },
      { shape: [5, 4, 6], chunks: [2, 4, 5] },
      { shape: [1000], chunks: [1] },
      { shape: [3, 3, 16, 32], chunks: [3, 3, 8, 32] },
    ])(
      'puts chunks of $chunks together to $shape, plain and compressed',
      async ({ shape, chunks }) => {
        const data = count(shape.reduce((a, b) => a * b, 1));
        const bytes = await libraryFile(oldest, (file) => {
          const base = { data, shape, chunks, dtype: '<f4' as const };
          file.create_dataset({ ...base, name: 'plain' });
          file.create_dataset({ ...base, name: 'gzip', compression: 6 });
        });
        expect(numbersAt(bytes, 'plain')).toEqual(data);
        expect(numbersAt(bytes, 'gzip')).toEqual(data);
      },
    );

    it('follows hard links, and no others', async () => {
      const bytes = await libraryFile(oldest, (file) => {
        file.create_dataset({ name: 'a', data: [1, 2], shape: [2], dtype: '<f4' });
        file.create_hard_link('/a', 'again');
        file.create_soft_link('/a', 'soft');
        file.create_external_link('/etc/passwd', '/a', 'outside');
      });
      expect(numbersAt(bytes, 'again')).toEqual([1, 2]);
      expect(() => open(bytes).find('soft')).toThrow('a soft link, at soft');
      expect(() => open(bytes).find('outside')).toThrow('an external link, at outside');
    });
  },
);

it('lists links of a tree with three levels', async () => {
  const names = Array.from({ length: 3000 }, (_, i) => `layer_${i}`);
  const bytes = await libraryFile('v108', (file) => {
    for (const name of names) file.create_group(name);
  });
  expect(open(bytes).names.sort()).toEqual(names.sort());
});

describe('filters', () => {
  it('are undone in the order opposite to theirs, but for those that were skipped', () => {
    const plain = Uint8Array.from({ length: 32 }, (_, i) => i * 7);
    // All first bytes of the elements, then all second bytes, …
    const shuffled = Uint8Array.from(
      { length: 32 },
      (_, i) => plain[(i % 8) * 4 + Math.floor(i / 8)]!,
    );
    const stored = zlibSync(shuffled);
    const filters = [
      { id: 2, values: [4] },
      { id: 1, values: [6] },
    ];
    expect(unfilter(stored, filters, 0, 32, 4)).toEqual(plain);
    expect(unfilter(shuffled, filters, 0b10, 32, 4)).toEqual(plain);
    expect(unfilter(stored, filters, 0b01, 32, 4)).toEqual(shuffled);
    expect(() => unfilter(stored, filters, 0, 28, 4)).toThrow('cannot be decompressed');
    expect(() => unfilter(shuffled.slice(4), filters, 0b10, 32, 4)).toThrow('28 bytes where 32');
  });
});

it('refuses arrays that can grow, for their chunks are looked up otherwise', async () => {
  const bytes = await libraryFile('latest', (file) => {
    file.create_dataset({
      name: 'a',
      data: [1, 2],
      shape: [2],
      maxshape: [null],
      chunks: [1],
      dtype: '<f4',
    });
  });
  expect(() => numbersAt(bytes, 'a')).toThrow('arrays that can grow');
});

describe('files that are written here', () => {
  it.each([0, 1, 8, 9, 256, 257, 1000])('are read by the HDF5 library: %i links', async (n) => {
    const root = newGroup();
    const names = Array.from({ length: n }, (_, i) => `layer ${i} ü`);
    names.forEach((name, i) => groupAt(root, 'weights').children.set(name, rising([2], i)));
    groupAt(root, 'weights');
    const bytes = writeHdf5(root);
    const read = await inLibrary(bytes, (file) => {
      const group = file.get('weights') as unknown as { keys(): string[] };
      return group.keys().map((name): [string, number[]] => {
        const { value } = file.get(`weights/${name}`) as unknown as { value: Float32Array };
        return [name, Array.from(value)];
      });
    });
    expect(new Map(read)).toEqual(new Map(names.map((name, i) => [name, [i, i + 1]])));
    expect(open(bytes).find('weights')!.names.sort()).toEqual(names.sort());
  });

  it('hold the same texts and numbers for the library as for the reader', async () => {
    const root = newGroup();
    const list = Array.from({ length: 2000 }, (_, i) => `a layer whose name is long, number ${i}`);
    root.attributes.set('model_config', `"${'é'.repeat(200_000)}"`);
    root.attributes.set('empty', '');
    root.attributes.set('none', []);
    root.attributes.set('layer_names', list);
    root.children.set('ints', { shape: [2, 2], values: Int32Array.of(1, -2, 3, -4) });
    root.children.set('seed', { shape: [2], values: Uint32Array.of(2 ** 32 - 1, 0) });
    root.children.set('scalar', { shape: [], values: Float32Array.of(2.5) });
    root.children.set('nothing', { shape: [0, 4], values: new Float32Array(0) });
    const bytes = writeHdf5(root);
    await inLibrary(bytes, (file) => {
      const text = (name: string): unknown => file.attrs[name]!.value;
      expect(text('model_config')).toBe(root.attributes.get('model_config'));
      expect(text('empty')).toBe('');
      expect([
        ...(text('layer_names0') as string[]),
        ...(text('layer_names1') as string[]),
      ]).toEqual(list);
      const value = (name: string): unknown =>
        (file.get(name) as unknown as { value: unknown }).value;
      expect(value('ints')).toEqual(Int32Array.of(1, -2, 3, -4));
      expect(value('seed')).toEqual(Uint32Array.of(2 ** 32 - 1, 0));
      expect(value('scalar')).toBe(2.5);
    });
    const file = open(bytes);
    expect(file.texts('model_config')).toEqual([root.attributes.get('model_config')]);
    expect(file.texts('empty')).toEqual(['']);
    expect(file.texts('none')).toEqual([]);
    expect(file.texts('layer_names')).toBeUndefined();
    expect([...file.texts('layer_names0')!, ...file.texts('layer_names1')!]).toEqual(list);
    expect(numbersAt(bytes, 'seed')).toEqual([2 ** 32, 0]);
    expect(numbersAt(bytes, 'scalar')).toEqual([2.5]);
    expect(file.find('nothing')!.dataset().shape).toEqual([0, 4]);
    expect(numbersAt(bytes, 'nothing')).toEqual([]);
  });

  it('may stand behind bytes of something else', () => {
    const root = newGroup();
    root.children.set('a', rising([3]));
    const inner = writeHdf5(root);
    const bytes = new Uint8Array(1024 + inner.length);
    bytes.set(inner, 1024);
    // Such a file says where it begins.
    new DataView(bytes.buffer).setUint32(1024 + 24, 1024, true);
    new DataView(bytes.buffer).setUint32(1024 + 40, bytes.length, true);
    expect(openHdf5(bytes, findHdf5(bytes)!).names).toEqual(['a']);
    expect(findHdf5(bytes)).toBe(1024);
  });
});
