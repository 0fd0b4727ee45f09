import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  chunkCount,
  decodeDatasetChunk,
  encodeChunkPayload,
} from '../../../src/runtime/dataset-format.ts';
import { ReaderError } from '../../../src/shared/reader-error.ts';

const shape = { count: 3, rows: 2, cols: 4 };
const chunk = {
  pixels: Uint8Array.from({ length: 24 }, (_, i) => i * 10),
  labels: Uint8Array.of(0, 9, 5),
};
const payload = encodeChunkPayload(chunk);
const packed = new Uint8Array(gzipSync(payload));

async function failure(bytes: Uint8Array): Promise<ReaderError> {
  const error = await decodeDatasetChunk(bytes, shape).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ReaderError);
  expect((error as ReaderError).code).toBe('dataset-damaged');
  return error as ReaderError;
}

describe('decodeDatasetChunk', () => {
  it('gives back what was packed', async () => {
    expect(await decodeDatasetChunk(packed, shape)).toEqual(chunk);
  });

  it('takes a payload that the host unpacked already', async () => {
    expect(await decodeDatasetChunk(payload, shape)).toEqual(chunk);
  });

  it('reads a view into a larger buffer, and hands out copies', async () => {
    const larger = new Uint8Array(packed.length + 10);
    larger.set(packed, 5);
    const decoded = await decodeDatasetChunk(larger.subarray(5, 5 + packed.length), shape);
    larger.fill(0);
    expect(decoded).toEqual(chunk);
    expect(decoded.pixels.buffer).not.toBe(decoded.labels.buffer);
  });

  it('refuses bytes of neither kind', async () => {
    expect((await failure(new TextEncoder().encode('<!doctype html>'))).elaborate).toMatch(
      /gzip mark 1f 8b or be 27 bytes long; it is 15/,
    );
    await failure(new Uint8Array());
  });

  it('refuses a file cut short at any place', async () => {
    for (let length = 2; length < packed.length; length++) {
      // 27 bytes are a whole payload by length; of gzip's own bytes the labels then are above 9.
      await failure(packed.subarray(0, length));
    }
  });

  it('refuses a flipped bit in the packed data or its checksum', async () => {
    for (const at of [12, 20, packed.length - 8, packed.length - 5]) {
      const flipped = packed.slice();
      flipped[at]! ^= 0x10;
      await failure(flipped);
    }
  });

  it('refuses another size, and stops before unpacking a bomb', async () => {
    expect((await failure(new Uint8Array(gzipSync(payload.subarray(1))))).elaborate).toMatch(
      /27 bytes; it gives 26/,
    );
    const bomb = new Uint8Array(gzipSync(new Uint8Array(200_000_000)));
    const before = process.memoryUsage().arrayBuffers;
    expect((await failure(bomb)).elaborate).toMatch(/more than 27 bytes/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });

  it('refuses a label above 9 and names the image', async () => {
    const wrong = payload.slice();
    wrong[25] = 10;
    expect((await failure(new Uint8Array(gzipSync(wrong)))).elaborate).toBe(
      'The label of image 1 should be 0 to 9; it is 10.',
    );
  });
});

describe('chunkCount', () => {
  it('is the chunk size, less in the last part', () => {
    const set = { count: 25, chunk: 10 };
    expect([0, 1, 2].map((i) => chunkCount(set, i))).toEqual([10, 10, 5]);
  });
});
