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

/** Calls the submission on one bit pattern; a failure is told in hexadecimal. */
async function expectBits(call: CheckTools['call'], bits: number, expected: number): Promise<void> {
  const code = await call('bfloat16Bits', [bits], 'number');
  const [got, wanted] = [code < 0 ? String(code) : hex(code, 4), hex(expected, 4)];
  expectTrue(code === expected, `Of ${hex(bits, 8)} the upper half should become ${wanted}.`, {
    got: `${got} (${code})`,
    expected: `${wanted} (${expected})`,
  });
}

export default defineChecks([
  check('exact', 'A number that bfloat16 can hold stays as it is', async ({ call }) => {
    for (const value of [0, 1, 0.5, 96, 2 ** -130]) {
      await expectBits(call, bitsOf(value), bitsOf(value) / 65536);
    }
  }),

  check('nearest', 'The nearest bfloat16 is chosen', async ({ call, rng }) => {
    await expectBits(call, 0x3dcccccd, 0x3dcd);
    for (let round = 0; round < 60; round++) {
      const bits = rng.integer(0, 0x7f7e) * 65536 + rng.integer(0, 65535);
      if (bits % 65536 !== 32768) await expectBits(call, bits, nearest(bits));
    }
  }),

  check('ties-to-even', 'A tie goes to the even neighbour', async ({ call, rng }) => {
    await expectBits(call, 0x3f808000, 0x3f80);
    await expectBits(call, 0x3f818000, 0x3f82);
    for (let round = 0; round < 30; round++) {
      const bits = rng.integer(0, 0x7f7e) * 65536 + 32768;
      await expectBits(call, bits, nearest(bits));
    }
  }),

  check(
    'negative',
    'Negative numbers keep their sign and are rounded by size',
    async ({ call, rng }) => {
      await expectBits(call, 0xbdcccccd, 0xbdcd);
      await expectBits(call, 0x80000000, 0x8000);
      for (let round = 0; round < 30; round++) {
        const bits = (0x8000 + rng.integer(0, 0x7f7e)) * 65536 + rng.integer(0, 65535);
        await expectBits(call, bits, nearest(bits));
      }
    },
  ),

  check('overflow', 'What is too large becomes infinity, and infinity stays', async ({ call }) => {
    await expectBits(call, 0x7f7fffff, 0x7f80);
    await expectBits(call, 0xff7f8000, 0xff80);
    await expectBits(call, 0x7f7f7fff, 0x7f7f);
    await expectBits(call, 0x7f800000, 0x7f80);
    await expectBits(call, 0xff800000, 0xff80);
  }),

  check('nan', 'NaN stays NaN, whatever its fraction', async ({ call, rng }) => {
    const fractions = [1, 0x7fff, 0xffff, 0x400000, 0x7fffff, rng.integer(1, 0x7fffff)];
    for (const bits of fractions.flatMap((part) => [0x7f800000 + part, 0xff800000 + part])) {
      const code = await call('bfloat16Bits', [bits], 'number');
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
