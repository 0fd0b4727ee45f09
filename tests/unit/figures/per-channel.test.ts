import { describe, expect, it } from 'vitest';
import {
  BARS,
  kernelDrawing,
  kernelRows,
  kernelTexts,
  readKernel,
  type DepthwiseKernel,
} from '../../../src/components/figures/PerChannel/per-channel.ts';
import { createRng } from '../../../src/shared/rng.ts';

/** Nine weights each of two channels, the second fifty times smaller than the first. */
const rng = createRng(22);
const weights = Array.from({ length: 18 }, (_, i) => rng.normal() * (i % 2 === 0 ? 1 : 0.02));
const kernel: DepthwiseKernel = { name: 'small', channels: 2, weights };
const count = (path: string | undefined, letter: string) => path!.split(letter).length - 1;

describe('readKernel', () => {
  it('gives every channel its own nine weights, every second one here', () => {
    const { channels } = readKernel(kernel, 8, 'own');
    expect(channels[1]!.weights).toEqual(weights.filter((_, i) => i % 2 === 1));
    expect(channels[1]!.largest).toBe(
      Math.max(...weights.filter((_, i) => i % 2 === 1).map(Math.abs)),
    );
  });

  it('takes the largest weight of each channel to the last code when it has its own scale', () => {
    const { channels, lastCode } = readKernel(kernel, 4, 'own');
    for (const { largest, scale } of channels) expect(scale * lastCode).toBeCloseTo(largest, 6);
  });

  it('lets the small channel pay for the large one under one scale', () => {
    const [one, own] = [readKernel(kernel, 8, 'one'), readKernel(kernel, 8, 'own')];
    expect(one.channels[0]!.scale).toBe(one.channels[1]!.scale);
    // The large channel sets the scale, so it keeps what it has; fifty times smaller is 34 dB.
    expect(one.channels[0]!.sqnr).toBeCloseTo(own.channels[0]!.sqnr, 4);
    expect(own.channels[1]!.sqnr - one.channels[1]!.sqnr).toBeGreaterThan(15);
    expect(readKernel(kernel, 4, 'one').channels[1]!.silent).toBe(true);
    expect(readKernel(kernel, 4, 'own').channels[1]!.silent).toBe(false);
  });
});

describe('the words', () => {
  it('say what is lost and what the scales cost', () => {
    expect(kernelTexts(kernel, 4, 'one')).toMatchObject({
      silent: '1 of 2',
      worst: '0.0 dB',
      bytes: '9 + 4',
    });
    expect(kernelTexts(kernel, 4, 'own')).toMatchObject({ silent: '0 of 2', bytes: '9 + 8' });
  });

  it('set either rule beside the other, channel by channel', () => {
    const rows = kernelRows(kernel, 8);
    expect(rows).toHaveLength(2);
    expect(rows[0]![2]).toBe(rows[0]![3]);
    expect(rows[1]![2]).not.toBe(rows[1]![3]);
  });
});

describe('the drawing', () => {
  it('has a dash for each weight, a tick for each code, and none when there are too many', () => {
    const drawing = kernelDrawing(readKernel(kernel, 4, 'one'));
    expect(count(drawing['weights']!['d'], 'M')).toBe(18);
    expect(count(drawing['errors']!['d'], 'M')).toBe(18);
    expect(count(drawing['ticks']!['d'], 'M')).toBe(2 * 15);
    expect(kernelDrawing(readKernel(kernel, 8, 'one'))['ticks']!['d']).toBe('');
  });

  it('draws a channel that is lost with no bar at all', () => {
    const { d } = kernelDrawing(readKernel(kernel, 4, 'one'))['bars']!;
    expect(d!.split('M')[2]).toBe(`480.0 ${BARS.base}v0.0`);
  });
});
