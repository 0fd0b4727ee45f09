import { describe, expect, it } from 'vitest';
import type { Section61Results } from '../../../scripts/results/sections/6.1.ts';
import { sectionResults } from '../../../src/build/section-results.ts';
import {
  FIRST_STEP,
  HEIGHT,
  LOWER,
  LOWEST,
  UPPER,
  WIDTH,
  accuracyPath,
  doings,
  epochOf,
  epochPath,
  events,
  heldAt,
  isKept,
  lowerY,
  neighbour,
  readings,
  stairPath,
  timelineRows,
  upperY,
  x,
} from '../../../src/components/figures/RecipeTimeline/recipe-timeline.ts';
import { PolynomialDecay } from '../../../src/engine/sparsity/index.ts';

const run = sectionResults<Section61Results>('6.1');
const decay = new PolynomialDecay({
  initialSparsity: 0.5,
  finalSparsity: 0.9,
  beginStep: 1000,
  endStep: 2000,
});

describe('the committed run', () => {
  it('prunes where the engine’s schedule does, and to what it asks for', () => {
    const due = Array.from({ length: run.steps }, (_, i) => i + 1).filter(
      (step) => decay.at(step).shouldPrune,
    );
    expect(run.prunings.map(({ step }) => step)).toEqual(due);
    for (const { step, sparsity } of run.prunings) expect(sparsity).toBe(decay.at(step).sparsity);
  });

  it('strikes out in all what is zero at the end', () => {
    const struck = run.prunings.reduce((sum, each) => sum + each.struck - each.letIn, 0);
    expect(struck).toBe(run.zeros);
    expect(run.zeros / run.weights).toBeCloseTo(0.9, 4);
  });

  it('has five epochs of the steps that the images make', () => {
    expect(run.epochs).toHaveLength(5);
    expect(run.stepsPerEpoch).toBe(Math.ceil(run.trainImages / 32));
    expect(run.steps).toBe(5 * run.stepsPerEpoch);
    expect(isKept(run, run.bestEpoch)).toBe(true);
    for (let epoch = run.bestEpoch + 1; epoch <= 5; epoch++) expect(isKept(run, epoch)).toBe(false);
  });
});

describe('the drawing', () => {
  const numbers = (path: string): number[] => (path.match(/[\d.]+/g) ?? []).map(Number);

  it('stays inside its panels', () => {
    for (const path of [stairPath(run), accuracyPath(run), epochPath(run)])
      for (const each of numbers(path)) expect(each).toBeLessThanOrEqual(WIDTH);
    for (const { correct } of run.points) {
      const share = correct / run.validationImages;
      expect(share).toBeGreaterThanOrEqual(LOWEST);
      expect(lowerY(share)).toBeGreaterThanOrEqual(LOWER.top);
      expect(lowerY(share)).toBeLessThanOrEqual(LOWER.base);
    }
    expect(upperY(1)).toBe(UPPER.top);
    expect(LOWER.base).toBeLessThan(HEIGHT);
  });

  it('has a stair for each renewal, at its step and its height', () => {
    const path = stairPath(run);
    expect(path.match(/V/g)).toHaveLength(run.prunings.length);
    const last = run.prunings.at(-1)!;
    expect(path).toContain(`H${x(run, last.step).toFixed(1)}V${upperY(last.sparsity).toFixed(1)}`);
    expect(path.endsWith(`H${WIDTH}`)).toBe(true);
  });

  it('has a point for each look', () => {
    expect(accuracyPath(run).split('L')).toHaveLength(run.points.length);
  });
});

describe('what it says of a step', () => {
  it('holds what was asked for at the last renewal', () => {
    expect(heldAt(run, 999)).toBe(0);
    for (const { step, sparsity } of run.prunings) {
      expect(heldAt(run, step)).toBe(sparsity);
      expect(heldAt(run, step + 1)).toBe(sparsity);
    }
  });

  it('names the epoch and the batch', () => {
    expect(readings(run, 0)['place']).toBe('before the first batch');
    expect(readings(run, 1)['place']).toBe('1, batch 1 of 469');
    expect(readings(run, 469)['place']).toBe('1, batch 469 of 469');
    expect(readings(run, 470)['place']).toBe('2, batch 1 of 469');
    expect(epochOf(run, run.steps)).toBe(5);
  });

  it('tells a renewal from a step between, and the end of an epoch from its middle', () => {
    expect(doings(run, 0)).toContain('from −1 to 0');
    expect(doings(run, 10)).toContain('No mask is due');
    expect(doings(run, FIRST_STEP)).toContain('215,250 more weights');
    expect(doings(run, FIRST_STEP + 1)).toContain('The masks stay');
    expect(doings(run, 2001)).toContain('The pruning is over');
    for (let epoch = 1; epoch <= 5; epoch++) {
      const said = doings(run, epoch * run.stepsPerEpoch);
      expect(said).toContain(`Epoch ${epoch} ends`);
      expect(said).toContain(isKept(run, epoch) ? 'keeps this epoch' : 'keeps an earlier one');
      expect(said).toContain(run.epochs[epoch - 1]!.correct.toLocaleString('en-GB'));
    }
    expect(doings(run, run.stepsPerEpoch - 1)).not.toContain('ends');
  });

  it('says nothing of a step that is still to come', () => {
    expect(readings(run, 99)['read']).toBe('not looked at yet');
    expect(readings(run, 100)['read']).toContain('after step 100');
    expect(readings(run, 199)['read']).toContain('after step 100');
  });
});

describe('from event to event', () => {
  it('goes through all of them and stops at the ends', () => {
    const all = events(run);
    expect(all).toHaveLength(1 + run.prunings.length + 5);
    let at = 0;
    const seen = [at];
    while (neighbour(run, at, 1) !== at) seen.push((at = neighbour(run, at, 1)));
    expect(seen).toEqual(all);
    while (neighbour(run, at, -1) !== at) at = neighbour(run, at, -1);
    expect(at).toBe(0);
  });

  it('has a row for every look', () => {
    expect(timelineRows(run)).toHaveLength(run.points.length);
    expect(timelineRows(run)[9]).toEqual(['1,000', '3', '50.0%', String(run.points[9]!.correct)]);
  });
});
