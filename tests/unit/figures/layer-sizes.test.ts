import { describe, expect, it } from 'vitest';
import { allLayers } from '../../../src/components/Computed/values/layers.ts';
import {
  FLASH_BYTES,
  lenetValues,
  parametersOf,
} from '../../../src/components/Computed/values/lenet.ts';
import {
  BAR_HEIGHT,
  BIT_CHOICES,
  FEWEST_UNITS,
  HEIGHT,
  MOST_UNITS,
  UNITS_STEP,
  WIDTH,
  barY,
  bytesOf,
  denseParameters,
  drawing,
  flashPath,
  layerSizes,
  verdictOf,
} from '../../../src/components/figures/LayerSizes/layer-sizes.ts';

const real = { widths: [784, 300, 100, 10], bits: 32, flash: FLASH_BYTES };

describe('the arithmetic', () => {
  it('counts a weight for each pair and a bias for each unit', () => {
    expect(denseParameters(3, 5)).toBe(3 * 5 + 5);
    expect(denseParameters(5, 3)).toBe(5 * 3 + 3);
  });

  it('rounds up to whole bytes', () => {
    expect(bytesOf(3, 4)).toBe(2);
    expect(bytesOf(3, 16)).toBe(6);
  });

  it('at the start is that of the real model', () => {
    const { layers, parameters, total } = layerSizes(real);
    expect(layers.map(({ inputs, units }) => [inputs, units])).toEqual(
      allLayers().map(({ inputs, units }) => [inputs, units]),
    );
    expect(layers.map((layer) => layer.parameters)).toEqual(
      allLayers().map(({ name }) => parametersOf(name)),
    );
    expect(parameters).toBe(lenetValues['lenet.parameters']?.value());
    expect(total).toBe(lenetValues['lenet.bytes.float32']?.value());
    expect(layers[0]?.share).toBe(lenetValues['lenet.share.dense_1']?.value());
  });

  it('answers the question of the widened layer', () => {
    const wide = layerSizes({ ...real, widths: [784, 300, 200, 10] });
    expect(wide.parameters - layerSizes(real).parameters).toBe(31_100);
  });

  it('gives shares that do not depend on the bits, and come to one', () => {
    for (const bits of BIT_CHOICES) {
      const { layers } = layerSizes({ ...real, bits });
      expect(layers.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
      expect(layers[0]?.share).toBeCloseTo(235_500 / 266_610, 12);
    }
  });
});

describe('the verdict', () => {
  it('counts to the byte on both sides of the flash', () => {
    expect(verdictOf(1_000, 1_000)).toBe('It fits: 1,000 bytes in all, 0 bytes to spare.');
    expect(verdictOf(1_001, 1_000)).toBe('It does not fit: 1,001 bytes in all, 1 byte too many.');
  });

  it('changes with the bits and with the widths', () => {
    const says = (sizes: object) => drawing({ ...real, ...sizes }).texts['verdict'];
    expect(says({})).toBe('It does not fit: 1,066,440 bytes in all, 804,296 bytes too many.');
    expect(says({ bits: 8 })).toBe('It does not fit: 266,610 bytes in all, 4,466 bytes too many.');
    expect(says({ bits: 4 })).toBe('It fits: 133,305 bytes in all, 128,839 bytes to spare.');
    expect(says({ widths: [784, 70, 100, 10] })).toMatch(/^It fits/);
  });
});

describe('the drawing', () => {
  it('sets the bars end to end, to scale and inside, whatever the sliders say', () => {
    for (let first = FEWEST_UNITS; first <= MOST_UNITS; first += UNITS_STEP) {
      for (const bits of BIT_CHOICES) {
        const sizes = { ...real, widths: [784, first, MOST_UNITS, 10], bits };
        const { layers, total, flashX } = layerSizes(sizes);
        const end = layers[2]!.x + layers[2]!.width;
        expect(layers[0]?.x).toBe(0);
        expect(layers[1]?.x).toBeCloseTo(layers[0]!.width, 9);
        expect(layers[2]?.x).toBeCloseTo(layers[0]!.width + layers[1]!.width, 9);
        expect(layers[0]!.width / layers[1]!.width).toBeCloseTo(
          layers[0]!.bytes / layers[1]!.bytes,
          9,
        );
        expect(end / flashX).toBeCloseTo(total / FLASH_BYTES, 9);
        expect(Math.max(end, flashX)).toBeLessThan(WIDTH);
        expect(Math.max(end, flashX)).toBeGreaterThan(0.9 * WIDTH);
      }
    }
  });

  it('says parameters, bytes and share of each layer, and how they were counted', () => {
    const { texts } = drawing({ ...real, widths: [784, 150, 100, 10], bits: 16 });
    expect(texts).toMatchObject({
      'reading-0': '117,750 parameters, 235,500 bytes, 88.0%',
      'sum-1': '150 × 100 + 100 = 15,100',
      'bytes-2': '2,020',
      'share-2': '0.8%',
      'units-0': '150',
      'total-parameters': '133,860',
      'total-bytes': '267,720',
    });
  });

  it('keeps the label of the flash inside on either side', () => {
    const label = (bits: number) => drawing({ ...real, bits }).attributes['flash-label'];
    expect(label(32)?.['text-anchor']).toBe('start');
    expect(label(8)?.['text-anchor']).toBe('end');
    expect(Number(label(32)?.['x'])).toBeCloseTo(layerSizes(real).flashX, 2);
  });

  it('has a stroke of the flash beside each bar and room for all of it', () => {
    const strokes = [...flashPath().matchAll(/M0 (\d+)v(\d+)/g)].map(
      (m) => [+m[1]!, +m[2]!] as const,
    );
    expect(strokes).toHaveLength(3);
    strokes.forEach(([top, length], i) => {
      expect(top).toBeLessThan(barY(i));
      expect(top + length).toBeGreaterThan(barY(i) + BAR_HEIGHT);
      expect(top + length).toBeLessThanOrEqual(HEIGHT);
    });
  });
});
