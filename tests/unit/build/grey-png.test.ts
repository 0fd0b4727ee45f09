import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeGreyPng } from '../../../src/build/grey-png.ts';

/** The chunks of a PNG by type. */
const chunks = (png: Buffer): Record<string, Buffer> => {
  const found: Record<string, Buffer> = {};
  for (let at = 8; at < png.length;) {
    const size = png.readUInt32BE(at);
    found[png.toString('latin1', at + 4, at + 8)] = png.subarray(at + 8, at + 8 + size);
    at += size + 12;
  }
  return found;
};

describe('encodeGreyPng', () => {
  it('packs 2-bit levels from the left, each row on its own byte', () => {
    const png = encodeGreyPng(Uint8Array.of(3, 0, 1, 2, 1, 0, 0, 0, 0, 3), 5, 2, 2);
    expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    const { IHDR, IDAT } = chunks(png);
    expect([...IHDR!]).toEqual([0, 0, 0, 5, 0, 0, 0, 2, 2, 0, 0, 0, 0]);
    expect([...inflateSync(IDAT!)]).toEqual([0, 0b11000110, 0b01000000, 0, 0, 0b11000000]);
  });

  it('writes 8-bit levels as they are, and the checksum of an empty end', () => {
    const png = encodeGreyPng(Uint8Array.of(0, 128, 255), 3, 1, 8);
    expect([...inflateSync(chunks(png)['IDAT']!)]).toEqual([0, 0, 128, 255]);
    expect(png.subarray(-4).toString('hex')).toBe('ae426082');
  });
});
