import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentile90, timeRuns, withPercentile } from '../../../src/litert/timing.ts';

describe('percentile90', () => {
  it.each([
    [[5], 5],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 9],
    [[10, 1, 9, 2, 8, 3, 7, 4, 6, 5, 11], 10],
    [[3, 1, 2], 3],
    [[1, 1, 1, 1, 1, 1, 1, 1, 1, 100], 1],
  ])('of %j is %d', (samples, expected) => {
    const before = [...samples];
    expect(percentile90(samples)).toBe(expected);
    expect(samples).toEqual(before);
  });

  it('is the smallest sample that nine of ten do not exceed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 }),
        (samples) => {
          const p90 = percentile90(samples);
          const share = (limit: number): number =>
            samples.filter((sample) => sample <= limit).length / samples.length;
          const below = samples.filter((sample) => sample < p90);
          expect(samples).toContain(p90);
          expect(share(p90)).toBeGreaterThanOrEqual(0.9);
          if (below.length > 0) expect(share(Math.max(...below))).toBeLessThan(0.9);
        },
      ),
    );
  });

  it('stands beside what a benchmark tells', () => {
    const benchmark = {
      median: 2,
      interval: { low: 1, high: 3 },
      samples: [1, 2, 3],
      callsPerRun: 1,
      clockStep: 0.1,
      warning: '',
    };
    expect(withPercentile(benchmark)).toEqual({ ...benchmark, p90: 3 });
  });
});

describe('timeRuns', () => {
  /** Takes `first` ms a call for so many calls, then `later` ms; the clock makes steps of 1 ms. */
  const growing = (first: number, calls: number, later: number) => {
    let [time, called] = [0, 0];
    const run = (): void => {
      time += called++ < calls ? first : later;
    };
    // Looking at it takes time too, or it would never be seen to move.
    const now = (): number => Math.floor((time += 0.01));
    return { run, now };
  };

  it('measures anew what grew quicker while it was measured', async () => {
    const { run, now } = growing(100, 6, 1);
    const timing = await timeRuns(run, { warmUp: 2, runs: 12, now });
    expect(timing.warning).toBe('');
    expect(timing.callsPerRun).toBeGreaterThanOrEqual(32);
    expect(timing.median).toBeCloseTo(1, 1);
    expect(timing.samples).toHaveLength(12);
    expect(timing.p90).toBe(percentile90(timing.samples));
  });

  it('gives up after some times, with the warning', async () => {
    let [time, called] = [0, 0];
    // Of the 13 calls of a measurement the one that is to tell how many make a run is slow.
    const run = (): void => {
      time += called++ % 13 === 0 ? 100 : 1;
    };
    const timing = await timeRuns(run, { warmUp: 0, runs: 12, now: () => time++ });
    expect(timing.warning).toMatch(/too short/);
    expect(called).toBe(5 * 13);
  });
});
