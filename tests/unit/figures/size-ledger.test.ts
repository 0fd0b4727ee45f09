import { describe, expect, it } from 'vitest';
import {
  BAR,
  HEIGHT,
  WAY_NAMES,
  WIDTH,
  ledgerDrawing,
  lineOf,
  linesOf,
  verdict,
  xOf,
  type LedgerLine,
} from '../../../src/components/figures/SizeLedger/size-ledger.ts';
import { ledgerData } from '../../../src/components/figures/SizeLedger/size-ledger-data.ts';

const data = ledgerData();
const made = (bytes: number): LedgerLine[] =>
  WAY_NAMES.map((name) => ({ name, bytes: name === 'float32' ? 1_000_000 : bytes, zipped: bytes }));

describe('the verdict', () => {
  it('turns at the last byte of the flash', () => {
    expect(verdict(data, made(data.flash), 'int8')).toBe('It fits, and is read where it lies.');
    expect(verdict(data, made(data.flash + 1), 'int8')).toBe(
      'It does not fit: 1 byte more than the flash has.',
    );
  });

  it('says what must be unpacked, and to how much', () => {
    expect(verdict(data, made(1000), 'huffman')).toBe(
      'It fits the flash. Before use it is unpacked to 1,000,000 bytes, and the RAM has 65,536.',
    );
    expect(verdict(data, made(data.flash + 5), 'sparse')).toMatch(/unpacked besides/);
    expect(verdict(data, made(1000), 'int4')).toMatch(/kernels for four bits/);
  });
});

describe('what was measured', () => {
  const at = (zeros: number, values: 'own' | 'sixteen') =>
    linesOf(data, data.levels.indexOf(zeros), values);

  it('a zero saves nothing in float32, int8 and int4, and much elsewhere', () => {
    for (const way of ['float32', 'int8', 'int4'] as const) {
      expect(lineOf(at(0.9, 'own'), way).bytes, way).toBe(lineOf(at(0, 'own'), way).bytes);
    }
    for (const way of ['sparse', 'huffman', 'compressed', 'gzip'] as const) {
      expect(lineOf(at(0.9, 'own'), way).bytes, way).toBeLessThan(
        0.3 * lineOf(at(0, 'own'), way).bytes,
      );
    }
  });

  it('shared values make a codebook worth having, and weights of their own none', () => {
    expect(lineOf(at(0, 'own'), 'clustered').bytes).toBe(lineOf(at(0, 'own'), 'float32').bytes);
    expect(lineOf(at(0, 'sixteen'), 'clustered').bytes).toBeLessThan(
      lineOf(at(0, 'sixteen'), 'float32').bytes / 7.5,
    );
  });

  it('only four bits fit the flash and are read where they lie', () => {
    for (let level = 0; level < data.levels.length; level++) {
      const lines = linesOf(data, level, 'own');
      expect(lineOf(lines, 'int8').bytes).toBeGreaterThan(data.flash);
      expect(lineOf(lines, 'int4').bytes).toBeLessThan(data.flash);
    }
  });
});

describe('the drawing', () => {
  it('keeps every bar and its outline within the frame, the outline within the bar', () => {
    for (let level = 0; level < data.levels.length; level++) {
      for (const values of ['own', 'sixteen'] as const) {
        const { attributes } = ledgerDrawing(data, level, values, 'gzip');
        for (const way of WAY_NAMES) {
          const bar = Number(attributes[`bar-${way}`]!['width']);
          const zip = Number(attributes[`zip-${way}`]!['width']);
          expect(bar).toBeGreaterThan(0);
          expect(bar).toBeLessThanOrEqual(BAR.right - BAR.left + 0.1);
          expect(zip).toBeLessThanOrEqual(bar);
        }
      }
    }
    expect(xOf(data, data.flash)).toBeLessThan(BAR.right);
    expect(BAR.right).toBeLessThan(WIDTH);
    expect(HEIGHT).toBeGreaterThan(BAR.top + 8 * BAR.step - 1);
  });

  it('marks the chosen way, and refuses a level that is not there', () => {
    const { attributes } = ledgerDrawing(data, 0, 'own', 'int4');
    expect(WAY_NAMES.filter((way) => attributes[`bar-${way}`]!['data-chosen'] === 'true')).toEqual([
      'int4',
    ]);
    expect(() => linesOf(data, 99, 'own')).toThrow(/99/);
  });
});
