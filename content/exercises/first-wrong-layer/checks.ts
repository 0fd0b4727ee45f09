import { check, defineChecks, expectEqual, expectThrows } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

type Rng = CheckTools['rng'];

interface Trace {
  name: string;
  places: number | null;
  ours: Int8Array;
  theirs: Int8Array;
  alone: Int8Array;
}

const verdict = { layer: 'string', differ: 'integer', worst: 'integer' } as const;
const CODES = 4096;

/**
 * A layer of which so many codes differ by so many steps from what our kernel would make of the same; what our runtime
 * gives is the same as that, unless it was handed other codes.
 */
function layer(
  rng: Rng,
  name: string,
  {
    places,
    differ = 0,
    steps = 1,
    heir = false,
  }: { places: number | null; differ?: number; steps?: number; heir?: boolean },
): Trace {
  const alone = Int8Array.from({ length: CODES }, () => rng.integer(-90, 90));
  const theirs = alone.slice();
  for (const i of rng.shuffle([...alone.keys()]).slice(0, differ)) theirs[i] = alone[i]! + steps;
  const ours = heir ? alone.map((code) => code + rng.integer(-9, 9)) : alone.slice();
  return { name, places, ours, theirs, alone };
}

/** As many as the formula allows in {@link CODES} codes. */
function allowed(places: number): number {
  const promised = CODES / 2 ** (places + 1);
  return Math.floor(promised + 4 * Math.sqrt(promised) + 1);
}

async function expectWrong(
  { call }: CheckTools,
  traces: Trace[],
  expected: { layer: string; differ: number; worst: number },
): Promise<void> {
  expectEqual(await call('firstWrongLayer', [traces], verdict), expected);
}

async function expectNobody({ call }: CheckTools, traces: Trace[], label: string): Promise<void> {
  expectEqual(await call('firstWrongLayer', [traces]), null, { label });
}

export default defineChecks([
  check('example', 'The table of the statement comes out', async (tools) => {
    const conv = {
      name: 'conv',
      places: 9,
      ours: Int8Array.of(10, -3, 7, 0),
      theirs: Int8Array.of(10, -3, 6, 0),
      alone: Int8Array.of(10, -3, 7, 0),
    };
    const dense = {
      name: 'dense',
      places: 9,
      ours: Int8Array.of(40, -12, 5, 90),
      theirs: Int8Array.of(38, -12, 6, 88),
      alone: Int8Array.of(38, -12, 6, 88),
    };
    const logits = {
      name: 'logits',
      places: 8,
      ours: Int8Array.of(20, -8),
      theirs: Int8Array.of(17, -8),
      alone: Int8Array.of(19, -8),
    };
    await expectWrong(tools, [conv, dense, logits], { layer: 'logits', differ: 1, worst: 2 });
  }),

  check('heirs', 'A layer that was handed other codes is let go', async (tools) => {
    const { rng } = tools;
    const start = layer(rng, 'one', { places: 8, differ: 5 });
    const heirs = [
      layer(rng, 'two', { places: 9, differ: 3, heir: true }),
      layer(rng, 'three', { places: null, heir: true }),
    ];
    await expectNobody(tools, [start, ...heirs], 'for differences that were handed on');
    const guilty = layer(rng, 'four', { places: 9, differ: 700, steps: 3, heir: true });
    await expectWrong(tools, [start, ...heirs, guilty], { layer: 'four', differ: 700, worst: 3 });
  }),

  check('agrees', 'A layer that agrees with ours may be wrong all the same', async (tools) => {
    const { rng } = tools;
    const start = layer(rng, 'one', { places: 8, differ: 5 });
    const wrong = layer(rng, 'two', { places: 8, differ: 900, steps: -2 });
    wrong.ours = wrong.theirs.slice();
    await expectWrong(tools, [start, wrong], { layer: 'two', differ: 900, worst: 2 });
  }),

  check('rounding', 'What two honest hands may differ by is no fault', async (tools) => {
    const { rng } = tools;
    const traces = [3, 5, 7, 9, 12].map((places) =>
      layer(rng, `layer_${places}`, {
        places,
        differ: Math.max(1, Math.floor(CODES / 2 ** (places + 1))),
        steps: rng.integer(0, 1) === 0 ? 1 : -1,
      }),
    );
    await expectNobody(tools, traces, 'for as many differences as the windows promise');
    await expectNobody(tools, [], 'for no layers');
  }),

  check('limit', 'The formula is kept to the last code', async (tools) => {
    const { rng } = tools;
    for (const places of [4, rng.integer(5, 10), 14]) {
      const most = allowed(places);
      const within = layer(rng, 'within', { places, differ: most });
      await expectNobody(tools, [within], `for ${most} of ${CODES} codes with ${places} places`);
      const beyond = layer(rng, 'beyond', { places, differ: most + 1 });
      await expectWrong(tools, [within, beyond], { layer: 'beyond', differ: most + 1, worst: 1 });
    }
  }),

  check('many', 'Too many codes that are one step off are a fault', async (tools) => {
    const { rng } = tools;
    const differ = rng.integer(1200, 1800);
    const honest = layer(rng, 'honest', { places: 9, differ: 4 });
    const other = layer(rng, 'other_rule', { places: 9, differ });
    await expectWrong(tools, [honest, other], { layer: 'other_rule', differ, worst: 1 });
  }),

  check('large', 'One code that is two steps off is a fault', async (tools) => {
    const { rng } = tools;
    const wrong = layer(rng, 'wrong', { places: 6, differ: 1, steps: 2 });
    await expectWrong(tools, [wrong], { layer: 'wrong', differ: 1, worst: 2 });
  }),

  check('below', 'A code that is too low is as wrong as one too high', async (tools) => {
    const { rng } = tools;
    const wrong = layer(rng, 'wrong', { places: 6, differ: 2, steps: -rng.integer(3, 30) });
    const worst = Math.max(...wrong.theirs.map((code, i) => Math.abs(code - wrong.alone[i]!)));
    await expectWrong(tools, [wrong], { layer: 'wrong', differ: 2, worst });
  }),

  check('first', 'Of several wrong layers the first is named', async (tools) => {
    const { rng } = tools;
    const first = layer(rng, 'first', { places: 8, differ: 40, steps: 2 });
    const second = layer(rng, 'second', { places: 8, differ: 900, steps: 25, heir: true });
    await expectWrong(tools, [first, second], { layer: 'first', differ: 40, worst: 2 });
  }),

  check('idle', 'A layer that only moves codes may not change one', async (tools) => {
    const { rng } = tools;
    const pool = layer(rng, 'pool', { places: null, differ: 1 });
    const conv = layer(rng, 'conv', { places: 9, differ: 1 });
    await expectWrong(tools, [conv, pool], { layer: 'pool', differ: 1, worst: 1 });
  }),

  check('refuses', 'A layer whose codes differ in number is refused by name', async ({ call }) => {
    const short = {
      name: 'clerk',
      places: 9,
      ours: Int8Array.of(1, 2),
      theirs: Int8Array.of(1),
      alone: Int8Array.of(1),
    };
    await expectThrows(() => call('firstWrongLayer', [[short]]), {
      when: 'for 2 codes of ours and 1 of theirs',
      mentions: { pattern: /clerk/, words: 'the layer' },
    });
  }),
]);
