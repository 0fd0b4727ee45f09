import { ReaderError, sparsity, tf } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { scheduleConfig, scheduleFrom } from '../../../src/engine/sparsity/pruning-schedule.ts';

const { ConstantSparsity, PolynomialDecay } = sparsity;

const growing = {
  initialSparsity: 0.1,
  finalSparsity: 0.9,
  beginStep: 10,
  endStep: 40,
  frequency: 10,
};

const coded = (code: string) => expect.objectContaining({ code, name: 'ReaderError' });

describe('ConstantSparsity', () => {
  it('prunes from its first step on, every so many, to the end or for ever', () => {
    const turns = (endStep?: number) => {
      const schedule = new ConstantSparsity({
        targetSparsity: 0.5,
        beginStep: 3,
        endStep,
        frequency: 4,
      });
      return Array.from({ length: 16 }, (_, step) => step).filter(
        (step) => schedule.at(step).shouldPrune,
      );
    };
    expect(turns()).toEqual([3, 7, 11, 15]);
    expect(turns(-1)).toEqual([3, 7, 11, 15]);
    expect(turns(11)).toEqual([3, 7, 11]);
    expect(turns(10)).toEqual([3, 7]);
    expect(turns(3)).toEqual([3]);
  });

  it('is as TFMOT unless told otherwise: for ever, every 100 steps', () => {
    const schedule = new ConstantSparsity({ targetSparsity: 0.5, beginStep: 0 });
    expect(schedule.getConfig()).toEqual({
      targetSparsity: 0.5,
      beginStep: 0,
      endStep: -1,
      frequency: 100,
    });
    expect([-1, 0, 1, 99, 100, 101].filter((step) => schedule.at(step).shouldPrune)).toEqual([
      0, 100,
    ]);
  });

  it('gives float32', () => {
    const schedule = new ConstantSparsity({ targetSparsity: 0.9, beginStep: 0 });
    expect(schedule.at(7).sparsity).toBe(Math.fround(0.9));
  });
});

describe('PolynomialDecay', () => {
  it('stays at its ends outside its steps', () => {
    const schedule = new PolynomialDecay(growing);
    for (const step of [-1, 0, 9, 10]) expect(schedule.at(step).sparsity).toBeCloseTo(0.1, 6);
    for (const step of [40, 41, 1e9]) expect(schedule.at(step).sparsity).toBeCloseTo(0.9, 6);
    expect(schedule.at(41).shouldPrune).toBe(false);
    expect(schedule.at(50).shouldPrune).toBe(false);
    expect(schedule.at(40).shouldPrune).toBe(true);
  });

  it.each([0, 1, 2, 3, 0.5])('follows the formula with power %d, in float32', (power) => {
    const schedule = new PolynomialDecay({ ...growing, power });
    for (let step = 10; step <= 40; step++) {
      const left = 1 - (step - 10) / 30;
      const { sparsity: found } = schedule.at(step);
      expect(Math.abs(found - (0.9 - 0.8 * left ** power))).toBeLessThan(1e-6);
      expect(found).toBe(Math.fround(found));
    }
  });

  it('can shrink, and can be over at once', () => {
    const shrinking = new PolynomialDecay({ ...growing, initialSparsity: 0.9, finalSparsity: 0 });
    expect(shrinking.at(10).sparsity).toBeCloseTo(0.9, 6);
    expect(shrinking.at(40).sparsity).toBe(0);
    const sudden = new PolynomialDecay({ ...growing, endStep: 10 });
    expect(sudden.at(9).shouldPrune).toBe(false);
    expect(sudden.at(9).sparsity).toBeCloseTo(0.1, 6);
    expect(sudden.at(10).shouldPrune).toBe(true);
    expect(sudden.at(10).sparsity).toBeCloseTo(0.9, 6);
  });
});

describe('schedules', () => {
  it.each([
    new ConstantSparsity({ targetSparsity: 0.3, beginStep: 2, endStep: 9, frequency: 7 }),
    new PolynomialDecay({ ...growing, power: 2 }),
  ])('come back from their configuration', (schedule) => {
    const config = JSON.parse(JSON.stringify(scheduleConfig(schedule))) as never;
    const again = scheduleFrom(config);
    expect(again).toBeInstanceOf(schedule.constructor);
    expect(again).toEqual(schedule);
  });

  it('can be of one’s own; without a class that is registered they cannot be saved', () => {
    expect(() => scheduleConfig({ at: () => ({ shouldPrune: true, sparsity: 0 }) })).toThrow(
      coded('pruning-schedule-not-saveable'),
    );
    expect(() => scheduleFrom({ className: 'Nobody', config: {} })).toThrow(
      coded('pruning-schedule-unknown'),
    );
    // Known to TensorFlow.js, and no schedule.
    expect(() => scheduleFrom({ className: 'Zeros', config: {} })).toThrow(
      coded('pruning-schedule-unknown'),
    );
    class Once extends tf.serialization.Serializable {
      static className = 'PruneOnceForTests';
      at(step: number) {
        return { shouldPrune: step === 1, sparsity: 0.5 };
      }
      getConfig() {
        return {};
      }
    }
    tf.serialization.registerClass(Once as never);
    expect(scheduleFrom(scheduleConfig(new Once()))).toBeInstanceOf(Once);
  });

  const constant = { targetSparsity: 0.5, beginStep: 0 };
  it.each<[string, RegExp, () => unknown]>([
    [
      'not-an-integer-in-range',
      /beginStep/,
      () => new ConstantSparsity({ ...constant, beginStep: -1 }),
    ],
    [
      'not-an-integer-in-range',
      /beginStep/,
      () => new ConstantSparsity({ ...constant, beginStep: 1.5 }),
    ],
    [
      'not-an-integer-in-range',
      /beginStep.*undefined/,
      () => new ConstantSparsity({ targetSparsity: 0.5 } as never),
    ],
    [
      'not-an-integer-in-range',
      /endStep/,
      () => new ConstantSparsity({ ...constant, endStep: -2 }),
    ],
    [
      'not-an-integer-in-range',
      /frequency/,
      () => new ConstantSparsity({ ...constant, frequency: 0 }),
    ],
    [
      'not-an-integer-in-range',
      /frequency/,
      () => new PolynomialDecay({ ...growing, frequency: -5 }),
    ],
    [
      'not-an-integer-in-range',
      /endStep.*undefined/,
      () => new PolynomialDecay({ ...growing, endStep: undefined as never }),
    ],
    [
      'schedule-ends-before-it-begins',
      /endStep is 9 and beginStep is 10/,
      () => new PolynomialDecay({ ...growing, endStep: 9 }),
    ],
    [
      'schedule-ends-before-it-begins',
      /endStep/,
      () => new ConstantSparsity({ ...constant, beginStep: 5, endStep: 0 }),
    ],
    [
      'schedule-has-no-end',
      /endStep cannot be -1/,
      () => new PolynomialDecay({ ...growing, endStep: -1 }),
    ],
    [
      'sparsity-out-of-range',
      /targetSparsity.*it is 1/,
      () => new ConstantSparsity({ ...constant, targetSparsity: 1 }),
    ],
    [
      'sparsity-out-of-range',
      /NaN/,
      () => new ConstantSparsity({ ...constant, targetSparsity: NaN }),
    ],
    [
      'sparsity-out-of-range',
      /initialSparsity/,
      () => new PolynomialDecay({ ...growing, initialSparsity: -0.1 }),
    ],
    [
      'sparsity-out-of-range',
      /finalSparsity.*the text/,
      () => new PolynomialDecay({ ...growing, finalSparsity: '0.5' as never }),
    ],
    ['power-negative', /-1/, () => new PolynomialDecay({ ...growing, power: -1 })],
    ['not-a-finite-number', /power/, () => new PolynomialDecay({ ...growing, power: NaN })],
    [
      'options-not-an-object',
      /ConstantSparsity.*0.5 came/,
      () => new ConstantSparsity(0.5 as never),
    ],
    ['options-not-an-object', /undefined came/, () => new PolynomialDecay(undefined as never)],
    [
      'option-unknown',
      /begin_step.*camelCase/,
      () => new ConstantSparsity({ ...constant, begin_step: 1 } as never),
    ],
    ['option-unknown', /powr.*slip/, () => new PolynomialDecay({ ...growing, powr: 1 } as never)],
    ['not-an-integer-in-range', /step.*0.5/, () => new ConstantSparsity(constant).at(0.5)],
    ['not-an-integer-in-range', /step/, () => new PolynomialDecay(growing).at(-2)],
  ])('refuse: %s, %s', (code, words, call) => {
    expect(call).toThrow(coded(code));
    expect(call).toThrow(words);
    expect(call).toThrow(ReaderError);
  });
});
