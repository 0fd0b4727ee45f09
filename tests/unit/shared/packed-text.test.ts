import { deflateSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packText, unpackText } from '../../../src/shared/packed-text.ts';

/** A packed text as this printing would make it, of bytes that it would not take. */
const forged = (bytes: Uint8Array): string => {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(hash >>> 0);
  return Buffer.concat([head, deflateSync(bytes, { level: 9 })]).toString('base64url');
};

describe('packed text', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        fc.pre(text.isWellFormed());
        const packed = packText(text);
        expect(packed).toMatch(/^[\w-]+$/);
        expect(unpackText(packed, 20_000)).toEqual({ text });
      }),
    );
  });

  it('is not unpacked beyond what is allowed, and is to the very byte', () => {
    const packed = packText('é'.repeat(1000));
    expect(unpackText(packed, 2000)).toEqual({ text: 'é'.repeat(1000) });
    expect(unpackText(packed, 1999)).toEqual({ fault: 'too-much' });
  });

  it('stops a bomb early', () => {
    const bomb = forged(new Uint8Array(50_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    const started = performance.now();
    expect(unpackText(bomb, 1_000_000)).toEqual({ fault: 'too-much' });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it.each([
    ['nothing', ''],
    ['signs that are not of base64url', 'ab<script>'],
    ['a checksum alone', 'AAAAAA'],
    ['bytes that are no deflate', '_____________w'],
    ['bytes that are no UTF-8', forged(Uint8Array.of(0xff, 0xfe, 0xfd))],
    ['a text without its end', packText('const scale = 0.5;').slice(0, -6)],
    ['another checksum', `B${packText('const scale = 0.5;').slice(1)}`],
  ])('refuses %s', (_what, packed) => {
    expect(unpackText(packed, 1_000)).toEqual({ fault: 'damaged' });
  });
});
