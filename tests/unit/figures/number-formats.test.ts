import { describe, expect, it } from 'vitest';
import {
  formatRows,
  powerText,
  readNumber,
} from '../../../src/components/figures/NumberFormats/number-formats.ts';

const row = (number: number, format: string, largest = 0.5) => {
  const found = formatRows(number, largest).find((each) => each.format === format);
  if (!found) throw new Error(`no row ${format}`);
  return found;
};
const bits = ({ sign, exponent, rest }: { sign: string; exponent: string; rest: string }) =>
  [sign, exponent, rest].join(' ');

describe('formatRows', () => {
  it('parts the bits of known numbers', () => {
    expect(bits(row(1, 'float32'))).toBe(`0 01111111 ${'0'.repeat(23)}`);
    expect(bits(row(-2, 'float16'))).toBe('1 10000 0000000000');
    expect(bits(row(0.5, 'bfloat16'))).toBe('0 01111110 0000000');
    expect(bits(row(-0.5, 'int8'))).toBe('1  0000001'); // −127 in two's complement
    expect(bits(row(0.5, 'int4'))).toBe('0  111');
  });

  it('gives what comes back and by how much it is off', () => {
    expect(row(1.005, 'bfloat16').value).toBe(1.0078125);
    expect(row(1.005, 'bfloat16').error).toBeCloseTo(0.0028125, 6);
    expect(row(0.1, 'float32').error).toBe(0);
  });

  it('says when a number is held at the end of a range, and only then', () => {
    expect(row(70_000, 'float16')).toMatchObject({ value: 65_504, held: true });
    expect(row(65_504, 'float16').held).toBe(false);
    expect(row(70_000, 'bfloat16').held).toBe(false);
    expect(row(0.51, 'int8')).toMatchObject({ held: true });
    expect(row(0.501, 'int8').held).toBe(false); // within half a notch of the end
    expect(row(0.501, 'int8').value).toBeCloseTo(0.5, 6);
  });

  it('takes numbers past float32 for the largest float32', () => {
    expect(row(1e300, 'float32').value).toBeCloseTo(3.4028234663852886e38, -30);
  });
});

describe('readNumber', () => {
  it('reads what people type', () => {
    expect(readNumber(' 0,5 ')).toBe(0.5);
    expect(readNumber('−3e-5')).toBe(-3e-5);
  });

  it.each(['', ' ', 'twelve', 'NaN', 'Infinity', '1e999'])('refuses “%s”', (text) => {
    expect(readNumber(text)).toBeUndefined();
  });
});

it('the size of zero is said in words', () => {
  expect(powerText(0)).toBe('none, it is zero');
  expect(powerText(-0.25)).toBe('−2.00');
});
