import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/instructor/canonical-json.ts';
import { sha256Hex } from '../../../src/instructor/hash.ts';

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
};

describe('canonical JSON', () => {
  it('sorts keys at every depth and sets no space', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x y' }], a: true, B: 0.5 })).toBe(
      '{"B":0.5,"a":true,"b":[1,{"c":"x y","d":null}]}',
    );
  });

  it('is JSON of the same value, whatever the order of the keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        const text = canonicalJson(plain);
        expect(JSON.parse(text)).toEqual(plain);
        expect(canonicalJson(reversed(plain))).toBe(text);
      }),
    );
  });

  it('leaves out what is undefined', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it.each([[Number.NaN], [Infinity], [() => 1], [1n], [Symbol('s')]])('refuses %s', (value) => {
    expect(() => canonicalJson({ value })).toThrow(TypeError);
  });
});

describe('SHA-256', () => {
  it('is that of the standard, over UTF-8', async () => {
    expect(await sha256Hex('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(await sha256Hex('“ß”')).toBe(
      '9173e568bef093fad9387fe88b1996244e896820a57f38ca34f8f341721fcb6e',
    );
  });
});
