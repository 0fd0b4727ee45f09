import { describe, expect, it } from 'vitest';
import {
  AFTER,
  BAR,
  MADE,
  ORDERS,
  WIDTH,
  frames,
  leftOf,
  orderDrawing,
  orderName,
  stateOf,
  verdict,
  type State,
} from '../../../src/components/figures/OrderMatrix/order-matrix.ts';
import { orderData } from '../../../src/components/figures/OrderMatrix/order-matrix-data.ts';

const data = orderData();
const state = (change: Partial<State>): State => ({
  order: 'PCQ',
  careful: true,
  zeros: data.sparsity * data.weights,
  values: data.clusters,
  onGrid: 1,
  bytes: 1000,
  correct: 9900,
  ...change,
});

describe('the words', () => {
  it('say what is lost, and what is only half kept', () => {
    expect(verdict(data, state({}))).toBe('All three are kept.');
    expect(verdict(data, state({ zeros: 0 }))).toBe('Lost: the zeros.');
    const asked = data.sparsity * data.weights;
    expect(verdict(data, state({ zeros: 0.97 * asked }))).toBe('Lost: the zeros.');
    expect(verdict(data, state({ zeros: 0.995 * asked }))).toBe('All three are kept.');
    expect(verdict(data, state({ values: 17, onGrid: 0.5 }))).toBe(
      'Lost: the few values and the integers.',
    );
    expect(verdict(data, state({ values: 8 }))).toMatch(/of 16 values only 8 are left/);
    expect(orderName('PCQ')).toBe('prune, then cluster, then quantize');
  });

  it('name every state that can be chosen', () => {
    for (const careful of [false, true]) {
      for (const order of ORDERS) expect(stateOf(data, order, careful).order).toBe(order);
      for (const first of MADE) {
        for (const after of AFTER) expect(leftOf(data, first, after, careful).text).not.toBe('');
      }
    }
    expect(() => stateOf(data, 'TTT', true)).toThrow(/TTT/);
  });
});

describe('what was measured', () => {
  it('done as if each were the only one, no order keeps all three', () => {
    for (const order of ORDERS) {
      expect(verdict(data, stateOf(data, order, false)), order).toMatch(/Lost/);
    }
  });

  it('with care one order keeps all three and every value', () => {
    const whole = ORDERS.filter(
      (order) => verdict(data, stateOf(data, order, true)) === 'All three are kept.',
    );
    expect(whole).toEqual(['PCQ']);
  });

  it('clustering takes the zeros away, training nearly everything, quantization leaves the zeros', () => {
    expect(leftOf(data, 'P', 'C', false)).toEqual({ text: '0 zeros', kept: false });
    expect(leftOf(data, 'P', 'T', false).kept).toBe(false);
    expect(leftOf(data, 'C', 'T', false).kept).toBe(false);
    expect(leftOf(data, 'Q', 'T', false).kept).toBe(false);
    expect(leftOf(data, 'P', 'Q', false).kept).toBe(true);
    for (const made of MADE) expect(leftOf(data, made, 'T', true).kept, made).toBe(true);
  });
});

describe('the drawing', () => {
  it('keeps its bars in their frames and the marks where they were asked for', () => {
    for (const careful of [false, true]) {
      for (const order of ORDERS) {
        const { attributes } = orderDrawing(data, order, careful);
        for (const { width } of Object.values(attributes) as { width: string }[]) {
          expect(Number(width)).toBeGreaterThanOrEqual(0);
          expect(Number(width)).toBeLessThanOrEqual(BAR.right - BAR.left + 0.1);
        }
      }
    }
    const [zeros, values, codes, bytes] = frames(data);
    expect(zeros!.mark).toBeCloseTo(BAR.left + 0.8 * (BAR.right - BAR.left), 6);
    expect(values!.mark).toBeGreaterThan(BAR.left);
    expect(codes!.mark).toBe(BAR.right);
    expect(bytes!.mark).toBeUndefined();
    expect(BAR.right).toBeLessThan(WIDTH);
  });
});
