import { check, defineChecks, expectEqual, expectThrows } from 'heavy-weights/checks';

/** Bytes of a tensor of `count` numbers of `bits` bits, packed and rounded up. */
const tensorBytes = (count: number, bits: number): number => Math.ceil((count * bits) / 8);

export default defineChecks([
  check(
    'kernel',
    'A kernel of bytes counts one weight for each input and unit',
    async ({ call }) => {
      expectEqual(await call('denseBytes', [4, 3, 8, 0], 'number'), 12, { label: 'the bytes' });
      expectEqual(await call('denseBytes', [4, 3, 32, 0], 'number'), 48, { label: 'the bytes' });
    },
  ),

  check('bias', 'Every unit has a bias', async ({ call }) => {
    expectEqual(await call('denseBytes', [4, 3, 8, 32], 'number'), 24, { label: 'the bytes' });
    expectEqual(await call('denseBytes', [0, 5, 8, 16], 'number'), 10, { label: 'the bytes' });
  }),

  check('packed', 'Numbers of fewer than eight bits share bytes', async ({ call }) => {
    expectEqual(await call('denseBytes', [8, 6, 4, 8], 'number'), 30, { label: 'the bytes' });
    expectEqual(await call('denseBytes', [16, 4, 2, 8], 'number'), 20, { label: 'the bytes' });
  }),

  check('whole-bytes', 'Each tensor is rounded up to whole bytes', async ({ call }) => {
    expectEqual(await call('denseBytes', [3, 5, 4, 32], 'number'), 28, { label: 'the bytes' });
    expectEqual(await call('denseBytes', [3, 5, 3, 8], 'number'), 11, { label: 'the bytes' });
    expectEqual(await call('denseBytes', [3, 3, 4, 4], 'number'), 7, { label: 'the bytes' });
  }),

  check(
    'any-layer',
    'Layers of any size and any number of bits are counted',
    async ({ callEach, rng }) => {
      const layers = Array.from({ length: 12 }, () => ({
        inputs: rng.integer(1, 900),
        units: rng.integer(1, 400),
        weightBits: rng.integer(1, 32),
        biasBits: rng.integer(1, 32),
      }));
      for (const [layer, bytes] of callEach('denseBytes', layers, Object.values, 'number')) {
        const { inputs, units, weightBits, biasBits } = layer;
        const expected = tensorBytes(inputs * units, weightBits) + tensorBytes(units, biasBits);
        expectEqual(await bytes(), expected, { label: 'the bytes' });
      }
    },
  ),

  check('network', 'A network is the sum of its layers', async ({ call, callEach, rng }) => {
    const known: [number[], number, number, number][] = [
      [[3, 5, 2], 4, 32, 41],
      [[784, 300, 100, 10], 32, 32, 1_066_440],
      [[784], 8, 32, 0],
      [[], 8, 32, 0],
    ];
    for (const [network, bytes] of callEach(
      'networkBytes',
      known,
      (each) => each.slice(0, 3),
      'number',
    ))
      expectEqual(await bytes(), network[3]);
    const sizes = Array.from({ length: 5 }, () => rng.integer(1, 200));
    let expected = 0;
    for (let layer = 1; layer < sizes.length; layer++) {
      const [inputs = 0, units = 0] = sizes.slice(layer - 1, layer + 1);
      expected += tensorBytes(inputs * units, 5) + tensorBytes(units, 16);
    }
    expectEqual(await call('networkBytes', [sizes, 5, 16], 'number'), expected);
  }),

  check(
    'refuses',
    'A count that is no whole number of 0 or more is refused',
    async ({ callEach }) => {
      const wrong = [-1, 2.5, NaN, Infinity].flatMap((count) => [
        { args: [count, 5, 8, 32], when: `for ${count} inputs` },
        { args: [3, 5, count, 32], when: `for ${count} bits of weight` },
      ]);
      for (const [{ when }, answer] of callEach('denseBytes', wrong, ({ args }) => args))
        await expectThrows(answer, { when });
    },
  ),
]);
