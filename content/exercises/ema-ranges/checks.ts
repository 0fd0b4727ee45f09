import { check, defineChecks, expectClose, expectEqual, expectThrows } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

type Rng = CheckTools['rng'];

interface Range {
  min: number;
  max: number;
}

const kind = { min: 'number', max: 'number' } as const;

/** The rule, worked out once more: the share of each batch, from the last to the first. */
function followed(batches: Float32Array[], decay: number, start?: Range): Range {
  const ends = batches.map((batch) => ({
    min: Math.min(0, ...batch),
    max: Math.max(0, ...batch),
  }));
  const first = start ?? ends[0]!;
  const later = start ? ends : ends.slice(1);
  const weighted = (end: 'min' | 'max'): number =>
    later.reduce(
      (sum, range, i) => sum + (1 - decay) * decay ** (later.length - 1 - i) * range[end],
      decay ** later.length * first[end],
    );
  return { min: weighted('min'), max: weighted('max') };
}

const someBatches = (rng: Rng, count: number): Float32Array[] =>
  Array.from({ length: count }, () =>
    rng.normals(rng.integer(3, 12), rng.uniform(-0.5, 1.5), rng.uniform(0.5, 4)),
  );

async function expectFollows(
  call: CheckTools['call'],
  batches: Float32Array[],
  decay: number,
  start?: Range,
): Promise<void> {
  const wanted = followed(batches, decay, start);
  const args = start ? [batches, decay, start] : [batches, decay];
  const range = await call('followRange', args, kind);
  expectClose(range.min, wanted.min, { relative: 1e-6, label: 'min' });
  expectClose(range.max, wanted.max, { relative: 1e-6, label: 'max' });
}

export default defineChecks([
  check('examples', 'The examples of the statement', async ({ call }) => {
    const batches = [Float32Array.of(0, 2), Float32Array.of(-1, 4)];
    await expectFollows(call, batches, 0.5, { min: -6, max: 6 });
    await expectFollows(call, batches, 0.5);
    expectEqual(await call('batchesUntil', [0.5, 0.3], 'integer'), 2, { label: 'batches' });
  }),

  check(
    'share',
    'Most of the old range stays, and a little of the batch comes',
    async ({ call, rng }) => {
      for (const decay of [0.9, 0.99, 0.999]) {
        await expectFollows(call, someBatches(rng, 25), decay, { min: -6, max: 6 });
      }
    },
  ),

  check('first-batch', 'Without a start the first batch sets the range', async ({ call, rng }) => {
    await expectFollows(call, [Float32Array.of(-3, 7)], 0.9);
    await expectFollows(call, someBatches(rng, 12), 0.9);
  }),

  check('holds-zero', 'The range of a batch holds zero', async ({ call }) => {
    const start = { min: -2, max: 2 };
    await expectFollows(call, [Float32Array.of(1, 3), Float32Array.of(-5, -4)], 0.5, start);
    await expectFollows(call, [Float32Array.of(1, 3)], 0.5);
    await expectFollows(call, [Float32Array.of(-5, -4)], 0.5);
  }),

  check('no-memory', 'With a decay of 0 the last batch alone counts', async ({ call, rng }) => {
    await expectFollows(call, someBatches(rng, 5), 0, { min: -6, max: 6 });
  }),

  check('no-batch', 'A start stays where it is until a batch comes', async ({ call }) => {
    const range = await call('followRange', [[], 0.9, { min: -1, max: 4 }], kind);
    expectEqual(range, { min: -1, max: 4 }, { label: 'the range' });
    await expectThrows(() => call('followRange', [[], 0.9]), {
      when: 'for no batch and no start',
      mentions: { pattern: /batches/, words: 'batches' },
    });
  }),

  check('until', 'The batches until a share is left are counted', async ({ callEach, rng }) => {
    const cases = Array.from({ length: 25 }, (): [decay: number, share: number] => [
      1 - 10 ** rng.uniform(-3.5, -0.5),
      rng.uniform(0.005, 0.9),
    ]);
    for (const [[decay, share], batches] of callEach(
      'batchesUntil',
      cases,
      (each) => each,
      'integer',
    )) {
      let wanted = 0;
      for (let left = 1; left > share; left *= decay) wanted++;
      expectEqual(await batches(), wanted, { label: `batches until ${share.toFixed(3)} is left` });
    }
  }),
]);
