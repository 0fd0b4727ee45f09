import { check, defineChecks, expectArrayEqual, expectTrue } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

/** The 32 bits of a float32, as an unsigned whole number. */
function bitsOf(value: number): number {
  return new Uint32Array(new Float32Array([value]).buffer)[0] ?? 0;
}

/** Nearest bfloat16, ties to even, by comparing the two neighbours: for finite numbers. */
function nearest(bits: number): number {
  const upper = Math.floor(bits / 65536);
  const lower = bits % 65536;
  if (lower === 32768) return upper + (upper % 2);
  return lower > 32768 ? upper + 1 : upper;
}

const isNaN16 = (bits: number): boolean => bits % 32768 > 0x7f80 && bits >= 0 && bits <= 0xffff;
const hex = (bits: number, digits: number): string =>
  `0x${bits.toString(16).padStart(digits, '0')}`;

/** Calls the submission on each bit pattern; a failure is told in hexadecimal. */
async function expectBits(
  { callEach }: CheckTools,
  pairs: [bits: number, expected: number][],
): Promise<void> {
  for (const [[bits, expected], answer] of callEach(
    'bfloat16Bits',
    pairs,
    ([each]) => [each],
    'number',
  )) {
    const code = await answer();
    const [got, wanted] = [code < 0 ? String(code) : hex(code, 4), hex(expected, 4)];
    expectTrue(code === expected, `Of ${hex(bits, 8)} the upper half should become ${wanted}.`, {
      got: `${got} (${code})`,
      expected: `${wanted} (${expected})`,
    });
  }
}

/** Bit patterns with the bfloat16 nearest to each. */
const withNearest = (patterns: number[]): [number, number][] =>
  patterns.map((bits) => [bits, nearest(bits)]);

export default defineChecks([
  check('exact', 'A number that bfloat16 can hold stays as it is', async (tools) => {
    const patterns = [0, 1, 0.5, 96, 2 ** -130].map(bitsOf);
    await expectBits(
      tools,
      patterns.map((bits) => [bits, bits / 65536]),
    );
  }),

  check('nearest', 'The nearest bfloat16 is chosen', async (tools) => {
    const { rng } = tools;
    const drawn = Array.from(
      { length: 60 },
      () => rng.integer(0, 0x7f7e) * 65536 + rng.integer(0, 65535),
    ).filter((bits) => bits % 65536 !== 32768);
    await expectBits(tools, [[0x3dcccccd, 0x3dcd], ...withNearest(drawn)]);
  }),

  check('ties-to-even', 'A tie goes to the even neighbour', async (tools) => {
    const { rng } = tools;
    const ties = Array.from({ length: 30 }, () => rng.integer(0, 0x7f7e) * 65536 + 32768);
    await expectBits(tools, [[0x3f808000, 0x3f80], [0x3f818000, 0x3f82], ...withNearest(ties)]);
  }),

  check('negative', 'Negative numbers keep their sign and are rounded by size', async (tools) => {
    const { rng } = tools;
    const drawn = Array.from(
      { length: 30 },
      () => (0x8000 + rng.integer(0, 0x7f7e)) * 65536 + rng.integer(0, 65535),
    );
    await expectBits(tools, [[0xbdcccccd, 0xbdcd], [0x80000000, 0x8000], ...withNearest(drawn)]);
  }),

  check('overflow', 'What is too large becomes infinity, and infinity stays', async (tools) => {
    await expectBits(tools, [
      [0x7f7fffff, 0x7f80],
      [0xff7f8000, 0xff80],
      [0x7f7f7fff, 0x7f7f],
      [0x7f800000, 0x7f80],
      [0xff800000, 0xff80],
    ]);
  }),

  check('nan', 'NaN stays NaN, whatever its fraction', async ({ callEach, rng }) => {
    const fractions = [1, 0x7fff, 0xffff, 0x400000, 0x7fffff, rng.integer(1, 0x7fffff)];
    const nans = fractions.flatMap((part) => [0x7f800000 + part, 0xff800000 + part]);
    for (const [bits, answer] of callEach('bfloat16Bits', nans, (each) => [each], 'number')) {
      const code = await answer();
      expectTrue(isNaN16(code), `The NaN with the bits ${hex(bits, 8)} should stay a NaN.`, {
        got: code,
        expected: 'from 0x7f81 to 0x7fff, or from 0xff81 to 0xffff',
      });
    }
  }),

  check('arrays', 'toBfloat16 rounds whole arrays, the empty one too', async ({ call, rng }) => {
    const empty = await call('toBfloat16', [new Float32Array(0)], 'Float32Array');
    expectArrayEqual(empty, []);
    const values = rng.normals(40, 0, 0.05);
    const expected = Array.from(values, (value) => {
      const code = new Uint32Array([nearest(bitsOf(value)) * 65536]);
      return new Float32Array(code.buffer)[0];
    });
    expectArrayEqual(await call('toBfloat16', [values], 'Float32Array'), expected);
  }),
]);
