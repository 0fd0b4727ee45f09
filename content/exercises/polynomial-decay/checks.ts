import { sparsity as engine } from 'heavy-weights';
import { check, defineChecks, expectClose, expectEqual } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

interface Schedule {
  initialSparsity: number;
  finalSparsity: number;
  beginStep: number;
  endStep: number;
  power: number;
  frequency: number;
}

const answer = { sparsity: 'number', shouldPrune: 'boolean' } as const;
const example: Schedule = {
  initialSparsity: 0.2,
  finalSparsity: 0.8,
  beginStep: 100,
  endStep: 110,
  power: 3,
  frequency: 5,
};

function ask(
  call: CheckTools['call'],
  step: number,
  schedule: Schedule,
): Promise<{ sparsity: number; shouldPrune: boolean }> {
  return call('pruneAt', [step, schedule], answer);
}

function someSchedule(rng: CheckTools['rng']): Schedule {
  const frequency = rng.integer(2, 9);
  const beginStep = rng.integer(1, 60);
  return {
    initialSparsity: rng.uniform(0, 0.5),
    finalSparsity: rng.uniform(0.6, 0.98),
    beginStep,
    endStep: beginStep + frequency * rng.integer(3, 9),
    power: rng.integer(1, 5),
    frequency,
  };
}

export default defineChecks([
  check('example', 'The schedule of the statement is kept', async ({ call }) => {
    const wanted = [
      [99, 0.2, false],
      [100, 0.2, true],
      [105, 0.725, true],
      [107, 0.7838, false],
      [110, 0.8, true],
      [115, 0.8, false],
    ] as const;
    for (const [step, sparsity, shouldPrune] of wanted) {
      const got = await ask(call, step, example);
      expectClose(got.sparsity, sparsity, { label: `sparsity at step ${step}` });
      expectEqual(got.shouldPrune, shouldPrune, { label: `shouldPrune at step ${step}` });
    }
  }),

  check('ends', 'It starts at one sparsity, ends at the other, and stays there', async (tools) => {
    const { call, rng } = tools;
    const schedule = someSchedule(rng);
    const { beginStep, endStep, initialSparsity, finalSparsity } = schedule;
    for (const [step, wanted] of [
      [0, initialSparsity],
      [beginStep, initialSparsity],
      [endStep, finalSparsity],
      [endStep + 40, finalSparsity],
    ] as const) {
      const { sparsity } = await ask(call, step, schedule);
      expectClose(sparsity, wanted, { label: `sparsity at step ${step}` });
    }
  }),

  check('way', 'It goes fast at first and slowly at last, by the power', async ({ call, rng }) => {
    for (const power of [2, 3, 4.5]) {
      const schedule = { ...someSchedule(rng), power, beginStep: 20, endStep: 120 };
      const { initialSparsity: from, finalSparsity: to } = schedule;
      for (const share of [0.1, 0.5, 0.8]) {
        const step = 20 + 100 * share;
        const { sparsity } = await ask(call, step, schedule);
        const wanted = to + (from - to) * (1 - share) ** power;
        expectClose(sparsity, wanted, { label: `sparsity at step ${step}, power ${power}` });
      }
    }
  }),

  check(
    'due',
    'It prunes at its beginning and every so many steps until its end',
    async (tools) => {
      const { callEach, rng } = tools;
      for (const uneven of [0, 1]) {
        const schedule = { ...someSchedule(rng), beginStep: 7 };
        schedule.endStep = 7 + 4 * schedule.frequency + uneven;
        const due = Array.from({ length: 5 }, (_, i) => 7 + i * schedule.frequency);
        const steps = [...Array(schedule.endStep + schedule.frequency + 1).keys()];
        for (const [step, given] of callEach('pruneAt', steps, (at) => [at, schedule], answer)) {
          const { shouldPrune } = await given();
          expectEqual(shouldPrune, due.includes(step), {
            label: `shouldPrune at step ${step}, begun at 7, every ${schedule.frequency} until ${schedule.endStep}`,
          });
        }
      }
    },
  ),

  check('at-once', 'A schedule of one step asks for everything at that step', async ({ call }) => {
    const schedule = { ...example, beginStep: 30, endStep: 30 };
    for (const [step, sparsity, shouldPrune] of [
      [29, 0.2, false],
      [30, 0.8, true],
      [31, 0.8, false],
    ] as const) {
      expectEqual((await ask(call, step, schedule)).shouldPrune, shouldPrune, {
        label: `shouldPrune at step ${step}`,
      });
      expectClose((await ask(call, step, schedule)).sparsity, sparsity, {
        label: `sparsity at step ${step}`,
      });
    }
  }),

  check('engine', 'It agrees with the engine’s PolynomialDecay', async ({ callEach, rng }) => {
    const cases = Array.from({ length: 8 }, () => {
      const schedule = someSchedule(rng);
      const theirs = new engine.PolynomialDecay(schedule);
      return Array.from({ length: 12 }, () => {
        const step = rng.integer(0, schedule.endStep + 10);
        return { step, schedule, wanted: theirs.at(step) };
      });
    }).flat();
    for (const [{ step, wanted }, given] of callEach(
      'pruneAt',
      cases,
      (each) => [each.step, each.schedule],
      answer,
    )) {
      const got = await given();
      expectClose(got.sparsity, wanted.sparsity, { label: `sparsity at step ${step}` });
      expectEqual(got.shouldPrune, wanted.shouldPrune, { label: `shouldPrune at step ${step}` });
    }
  }),
]);
