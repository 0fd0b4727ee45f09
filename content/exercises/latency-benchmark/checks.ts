import { check, defineChecks, expectClose, expectEqual, expectThrows } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

interface Timed {
  durations: number[];
  callsPerRun: number;
  warmUp: number;
  clockStep: number;
}

const latency = { median: 'number', low: 'number', high: 'number', trusted: 'boolean' } as const;

/** The rule, worked out once more: by counting how many times are smaller, and no sorting. */
function expected({ durations, callsPerRun, warmUp, clockStep }: Timed) {
  const calls = durations.filter((_, i) => i >= warmUp).map((time) => time / callsPerRun);
  const n = calls.length;
  const ofRank = (rank: number): number =>
    calls.find((time) => {
      const below = calls.filter((other) => other < time).length;
      const upTo = calls.filter((other) => other <= time).length;
      return below < rank && rank <= upTo;
    })!;
  const held = (rank: number): number => Math.min(n, Math.max(1, Math.round(rank)));
  const median = (ofRank(Math.floor((n + 1) / 2)) + ofRank(Math.ceil((n + 1) / 2))) / 2;
  return {
    median,
    low: ofRank(held((n + 1) / 2 - 0.98 * Math.sqrt(n))),
    high: ofRank(held((n + 1) / 2 + 0.98 * Math.sqrt(n))),
    trusted: median * callsPerRun >= 50 * clockStep,
  };
}

async function expectLatency({ call }: CheckTools, timed: Timed): Promise<void> {
  const answer = await call('summarizeLatency', [timed], latency);
  const wanted = expected(timed);
  for (const name of ['median', 'low', 'high'] as const) {
    expectClose(answer[name], wanted[name], { relative: 1e-9, label: name });
  }
  expectEqual(answer.trusted, wanted.trusted, { label: 'trusted' });
}

/** Runs of whole and half milliseconds, in no order. */
const runs = (rng: CheckTools['rng'], count: number): number[] =>
  Array.from({ length: count }, () => rng.integer(1, 400) / 2);

export default defineChecks([
  check('example', 'The times of the statement', async (tools) => {
    await expectLatency(tools, {
      durations: [90, 20, 22, 21, 24, 20, 60],
      callsPerRun: 10,
      warmUp: 1,
      clockStep: 0.1,
    });
    await expectLatency(tools, {
      durations: [8, 1, 2, 3, 4, 5, 6, 7, 9, 10],
      callsPerRun: 1,
      warmUp: 0,
      clockStep: 1,
    });
  }),

  check('warm-up', 'The first runs are not counted', async (tools) => {
    for (const warmUp of [1, 3, 8]) {
      const slow = runs(tools.rng, warmUp).map((time) => 1000 + time);
      await expectLatency(tools, {
        durations: [...slow, ...runs(tools.rng, 9)],
        callsPerRun: 1,
        warmUp,
        clockStep: 0,
      });
    }
  }),

  check('outlier', 'One run that was interrupted moves nothing but the end', async (tools) => {
    const durations = [...runs(tools.rng, 14), 1e6, ...runs(tools.rng, 5)];
    await expectLatency(tools, { durations, callsPerRun: 1, warmUp: 0, clockStep: 0.001 });
  }),

  check('by-size', 'Times are put in order as numbers', async (tools) => {
    await expectLatency(tools, {
      durations: [100, 9, 80, 10, 7, 95, 8, 120],
      callsPerRun: 1,
      warmUp: 0,
      clockStep: 0.01,
    });
    await expectLatency(tools, {
      durations: runs(tools.rng, 31),
      callsPerRun: 1,
      warmUp: 2,
      clockStep: 0.01,
    });
  }),

  check('a-call', 'Times are those of one call', async (tools) => {
    const { rng } = tools;
    await expectLatency(tools, {
      durations: runs(rng, 12),
      callsPerRun: rng.integer(3, 60),
      warmUp: 0,
      clockStep: 0.005,
    });
  }),

  check('ranks', 'The interval has the right ranks, however many the runs', async (tools) => {
    for (const count of [6, 7, 10, 11, 24, 30, 41, 60]) {
      const durations = tools.rng.shuffle(Array.from({ length: count }, (_, i) => 3 + i * (i + 1)));
      await expectLatency(tools, { durations, callsPerRun: 1, warmUp: 0, clockStep: 0 });
    }
  }),

  check('clock', 'A run must be long beside a step of the clock', async (tools) => {
    const { rng } = tools;
    // Runs of about 10 ms; the median is 10.
    const durations = rng.shuffle([8, 9, 9.5, 10, 10.5, 11, 12]);
    for (const clockStep of [0, 0.1, 0.2, 0.2001, 1]) {
      await expectLatency(tools, { durations, callsPerRun: 40, warmUp: 0, clockStep });
    }
  }),

  check('refuses', 'Too few runs, and what is no time, are refused by name', async ({ call }) => {
    const good = [1, 2, 3, 4, 5, 6, 7];
    const wrong: [Timed, string][] = [
      [{ durations: good, callsPerRun: 1, warmUp: 2, clockStep: 0 }, 'for five runs that count'],
      [{ durations: [], callsPerRun: 1, warmUp: 0, clockStep: 0 }, 'for no runs'],
      [{ durations: [...good, NaN], callsPerRun: 1, warmUp: 0, clockStep: 0 }, 'for NaN'],
      [{ durations: [...good, -1], callsPerRun: 1, warmUp: 0, clockStep: 0 }, 'for −1'],
      [{ durations: [...good, Infinity], callsPerRun: 1, warmUp: 0, clockStep: 0 }, 'for Infinity'],
    ];
    for (const [timed, when] of wrong) {
      await expectThrows(() => call('summarizeLatency', [timed]), {
        when,
        mentions: { pattern: /durations/, words: 'the argument durations' },
      });
    }
  }),
]);
