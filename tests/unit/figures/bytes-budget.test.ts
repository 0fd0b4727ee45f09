import { describe, expect, it } from 'vitest';
import { budgetLayers } from '../../../src/components/figures/BytesBudget/bytes-budget-data.ts';
import {
  WIDTH,
  budget,
  layerBytes,
  sqnrText,
  type BudgetLayer,
} from '../../../src/components/figures/BytesBudget/bytes-budget.ts';

const layer: BudgetLayer = { name: 'small', weights: 15, biases: 5, sqnr: { int4: 20.04 } };

describe('layerBytes', () => {
  it('rounds the weights up to whole bytes, and adds biases and a scale', () => {
    expect(layerBytes(layer, 'int4')).toBe(8 + 20 + 4);
    expect(layerBytes(layer, 'int3')).toBe(6 + 20 + 4);
    expect(layerBytes(layer, 'float16')).toBe(30 + 20);
    expect(layerBytes(layer, 'float32')).toBe(60 + 20);
  });
});

describe('budget', () => {
  it('counts to the byte on both sides of the flash', () => {
    expect(budget([layer], ['int4'], 32)).toMatchObject({
      total: 32,
      left: 0,
      verdict: 'It fits, with 0 bytes to spare.',
    });
    expect(budget([layer], ['int4'], 31).verdict).toBe('It is 1 byte too many.');
  });

  it('draws the pieces end to end, in proportion and inside the drawing', () => {
    const { pieces, flashX, bytes } = budget([layer, layer], ['float32', 'int4'], 100);
    expect(pieces[1]?.x).toBeCloseTo(pieces[0]!.width, 9);
    expect(pieces[0]!.width / pieces[1]!.width).toBeCloseTo(bytes[0]! / bytes[1]!, 9);
    expect(pieces[1]!.x + pieces[1]!.width).toBeLessThan(WIDTH);
    expect(flashX).toBeLessThan(WIDTH);
  });

  it('of the real model says what the prose says, and finds a way in', () => {
    const layers = budgetLayers();
    expect(budget(layers, ['int8', 'int8', 'int8'], 262_144).left).toBe(-5_708);
    expect(budget(layers, ['int8', 'int4', 'int8'], 262_144).left).toBeGreaterThan(0);
  });
});

it('a format that loses nothing is exact', () => {
  expect(sqnrText(layer, 'float32')).toBe('exact');
  expect(sqnrText(layer, 'int4')).toBe('20.0 dB');
});
