import { beforeAll, describe, expect, it } from 'vitest';
import { engravePortrait } from '../../../../src/components/Portrait/engrave.ts';
import type { GreyImage } from '../../../../src/components/Portrait/engrave.ts';
import {
  portraitFigures,
  quantizePortrait,
} from '../../../../src/components/Portrait/quantize-portrait.ts';

let plate: GreyImage;
beforeAll(() => {
  plate = engravePortrait();
});

describe('the portrait', () => {
  it('is a whole plate of grey levels, with deep blacks and whites', () => {
    expect(plate.data).toHaveLength(plate.width * plate.height);
    expect(plate.data.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)).toBe(
      true,
    );
    const share = (test: (value: number) => boolean): number =>
      plate.data.filter(test).length / plate.data.length;
    expect(share((value) => value < 64)).toBeGreaterThan(0.15);
    expect(share((value) => value > 190)).toBeGreaterThan(0.08);
  });

  it('loses nothing at 8 bits and more with every bit taken, near 6 dB a bit', () => {
    expect(quantizePortrait(plate.data, plate.width, 8, false).mse).toBe(0);
    const ratios = [7, 6, 5, 4, 3, 2, 1].map(
      (bits) => quantizePortrait(plate.data, plate.width, bits, false).sqnr,
    );
    for (let i = 1; i < ratios.length; i++)
      expect(ratios[i - 1]! - ratios[i]!).toBeGreaterThan(2.5);
    expect(ratios[1]! - ratios[4]!).toBeGreaterThan(3 * 5);
    expect(ratios[1]! - ratios[4]!).toBeLessThan(3 * 7);
  });

  it('uses exactly the greys of its bits', () => {
    for (const bits of [1, 2, 3]) {
      for (const dither of [false, true]) {
        const { codes, bytes } = quantizePortrait(plate.data, plate.width, bits, dither);
        expect(new Set(codes)).toEqual(
          new Set(Array.from({ length: 2 ** bits }, (_, code) => code)),
        );
        expect(bytes).toBe(Math.ceil((plate.data.length * bits) / 8));
      }
    }
  });

  it('dithering keeps the mean grey of a flat tone that rounding would move', () => {
    const flat = new Float32Array(64 * 64).fill(100);
    const mean = (values: Float32Array): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(quantizePortrait(flat, 64, 1, false).grey)).toBe(0);
    expect(mean(quantizePortrait(flat, 64, 1, true).grey)).toBeCloseTo(100, -1);
    expect(Math.abs(mean(quantizePortrait(flat, 64, 2, true).grey) - 100)).toBeLessThan(2);
  });

  it('says its figures in words', () => {
    const result = quantizePortrait(plate.data, plate.width, 1, false);
    expect(portraitFigures(result, 1)).toMatchObject({
      bits: '1 bit, 2 greys',
      bytes: '20,250 bytes',
    });
    expect(portraitFigures(quantizePortrait(plate.data, plate.width, 8, false), 8)).toMatchObject({
      sqnr: 'no noise',
      mse: '0.0',
    });
  });
});
