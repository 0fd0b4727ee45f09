import { describe, expect, it } from 'vitest';
import { layerErrors } from '../../../src/components/figures/LayerErrors/layer-errors-data.ts';
import {
  AXIS_Y,
  BAR_HEIGHT,
  TOP_DB,
  WIDTH,
  bars,
  drawing,
  excess,
  tableRows,
  worst,
  xOf,
} from '../../../src/components/figures/LayerErrors/layer-errors.ts';

const errors = layerErrors();
const networks = Object.values(errors);

describe('excess', () => {
  it('is nothing where a layer only rounds', () => {
    expect(excess({ layer: 'a', sqnr: 40, steps: 1 / Math.sqrt(12) })).toBeCloseTo(0, 9);
  });

  it('is nothing where a layer only hands on', () => {
    const before = { layer: 'a', sqnr: 20, steps: 1 };
    expect(excess({ layer: 'b', sqnr: 20, steps: 1e9 }, before)).toBeCloseTo(0, 6);
  });

  it('is three decibels where the noise is twice what came in', () => {
    const before = { layer: 'a', sqnr: 20, steps: 1 };
    expect(excess({ layer: 'b', sqnr: 17, steps: 1e9 }, before)).toBeCloseTo(3, 6);
  });
});

describe('the measurements', () => {
  it('accuse nobody where it was done honestly', () => {
    for (const { honest } of networks) expect(worst(bars(honest))).toBeUndefined();
  });

  it('find the layer whose range was halved, and not its heirs', () => {
    const found = networks.map(({ halved }) => worst(bars(halved))?.layer);
    expect(found).toEqual(['conv_2', 'relu_2', 'relu_3']);
  });

  it('show a rule that is too wide as one that is obeyed', () => {
    const unscaled = bars(errors['lenet-5']!.unscaled);
    expect(Math.max(...unscaled.map(({ sqnr }) => sqnr))).toBeLessThan(1);
    expect(worst(unscaled)).toBeUndefined();
  });
});

describe('the drawing', () => {
  it('keeps every bar inside, in proportion to its decibels', () => {
    for (const ways of networks) {
      for (const layers of Object.values(ways)) {
        for (const { y, width, sqnr } of bars(layers)) {
          expect(xOf(0) + width).toBeLessThanOrEqual(WIDTH);
          expect(y + BAR_HEIGHT).toBeLessThanOrEqual(AXIS_Y);
          const share = Math.max(0, sqnr) / TOP_DB;
          expect(width).toBeCloseTo(share * (xOf(TOP_DB) - xOf(0)), 6);
        }
      }
    }
  });

  it('looks at the last layer where fewer are there than were chosen', () => {
    const { chosen, texts, bars: drawn } = drawing(errors['bn-cnn']!.honest, 8);
    expect(chosen).toBe(drawn.length - 1);
    expect(texts['layer']).toBe('logits');
    expect(tableRows(drawn)[0]).toEqual(['relu_1', '40.2 dB', '0.251', '−1.2 dB']);
  });
});
