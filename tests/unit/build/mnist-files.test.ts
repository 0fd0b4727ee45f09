import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bookCatalogue } from '../../../src/build/catalogue.ts';
import { dataFiles } from '../../../src/build/mnist-files.ts';
import { readMnist } from '../../../src/build/mnist.ts';
import { projectRoot } from '../../../src/build/project-root.ts';
import { chunkCount, decodeDatasetChunk } from '../../../src/runtime/dataset-format.ts';
import { findFile, parseCatalogue } from '../../../src/runtime/files.ts';

const files = dataFiles();
const catalogue = parseCatalogue(new TextDecoder().decode(files.get('data/catalogue.json')));

describe('the emitted data', () => {
  it('lists every file that is emitted, and no other', () => {
    const listed = Object.values(catalogue.files).flatMap(({ kind, parts }) =>
      kind === 'dataset' ? parts.map((part) => part.url) : [],
    );
    expect(['data/catalogue.json', ...listed].sort()).toEqual([...files.keys()].sort());
    expect(catalogue).toEqual(bookCatalogue());
  });

  it('states the exact size and hash of every file', () => {
    for (const { parts } of Object.values(catalogue.files)) {
      for (const { url, bytes, sha256 } of parts) {
        const contents = files.get(url) ?? readFileSync(join(projectRoot, 'public', url));
        expect(contents.length, url).toBe(bytes);
        expect(createHash('sha256').update(contents).digest('hex'), url).toBe(sha256);
      }
    }
  });

  it.each([
    ['mnist-test', 'test', 10_000],
    ['mnist-train', 'train', 15_000],
  ] as const)('decodes %s to the very bytes of the %s files', async (name, split, count) => {
    const source = readMnist(split);
    const set = findFile(catalogue, name, 'dataset');
    expect(set.count).toBe(count);
    for (const [i, { url }] of set.parts.entries()) {
      const shape = { count: chunkCount(set, i), rows: set.rows, cols: set.cols };
      const { pixels, labels } = await decodeDatasetChunk(files.get(url)!, shape);
      const from = i * set.chunk;
      expect(
        Buffer.compare(pixels, source.pixels.subarray(from * 784, (from + shape.count) * 784)),
        url,
      ).toBe(0);
      expect([...labels], url).toEqual([...source.labels.subarray(from, from + shape.count)]);
    }
  });

  it('stays within what a reader on a phone will fetch', () => {
    expect(findFile(catalogue, 'mnist-test', 'dataset').bytes).toBeLessThan(2_000_000);
    expect(findFile(catalogue, 'mnist-train', 'dataset').bytes).toBeLessThan(3_000_000);
  });
});
