import { check, defineChecks, expectEqual, expectThrows } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

interface Layout {
  fractionBits: number;
  bias: number;
  largest: number;
}

const E4M3: Layout = { fractionBits: 3, bias: 7, largest: 448 };
const E5M2: Layout = { fractionBits: 2, bias: 15, largest: 57344 };
/** A format that nobody uses: three bits of exponent and four of fraction. */
const E3M4: Layout = { fractionBits: 4, bias: 3, largest: 15.5 };
const LAYOUTS = { e4m3: E4M3, e5m2: E5M2, e3m4: E3M4 };

/** The value of a byte, told by its bits as text. */
function valueOf(code: number, { fractionBits, bias, largest }: Layout): number {
  const bits = code.toString(2).padStart(8, '0');
  const exponent = parseInt(bits.slice(1, 8 - fractionBits), 2);
  const fraction = parseInt(bits.slice(8 - fractionBits), 2) / 2 ** fractionBits;
  const size =
    exponent === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (exponent - bias);
  if (size > largest) return NaN;
  return bits.startsWith('1') ? -size : size;
}

/** The nearest byte of the sign, found by trying all of them. */
function wantedCode(value: number, layout: Layout): number {
  const from = value < 0 ? 128 : 0;
  let found = from;
  for (let code = from; code < from + 128; code++) {
    const at = valueOf(code, layout);
    if (Number.isNaN(at)) continue;
    const held = Math.max(-layout.largest, Math.min(layout.largest, value));
    const [off, before] = [Math.abs(at - held), Math.abs(valueOf(found, layout) - held)];
    if (off < before || (off === before && code % 2 === 0)) found = code;
  }
  return found;
}

async function expectValues(
  callEach: CheckTools['callEach'],
  codes: number[],
  layout: Layout,
  name: string,
): Promise<void> {
  for (const [code, answer] of callEach('decode', codes, (each) => [each, layout], 'number'))
    expectEqual(await answer(), valueOf(code, layout), { label: `${name} ${code}` });
}

async function expectCodes(
  callEach: CheckTools['callEach'],
  values: number[],
  layout: Layout,
  name: string,
): Promise<void> {
  for (const [value, answer] of callEach('encode', values, (each) => [each, layout], 'integer'))
    expectEqual(await answer(), wantedCode(value, layout), { label: `the ${name} of ${value}` });
}

const random = (rng: CheckTools['rng'], count: number, from: number, to: number): number[] =>
  Array.from({ length: count }, () => (rng.uniform() < 0.5 ? -1 : 1) * 2 ** rng.uniform(from, to));

export default defineChecks([
  check('decode', 'A byte is read in three parts', async ({ callEach }) => {
    await expectValues(callEach, [66, 0x38, 126, 0x44, 0xc2, 0xfe, 0x08], E4M3, 'e4m3');
    await expectValues(callEach, [66, 0x3c, 0x7b, 0xbd], E5M2, 'e5m2');
  }),

  check('small', 'Below the smallest power of two the marks are even', async ({ callEach }) => {
    for (const [name, layout] of Object.entries(LAYOUTS)) {
      const codes = [1, 2, 3, 0x81, 2 ** layout.fractionBits - 1];
      await expectValues(callEach, codes, layout, name);
    }
  }),

  check('every-byte', 'Every byte of every layout is read', async ({ callEach }) => {
    const bytes = [...Array(256).keys()];
    for (const [name, layout] of Object.entries(LAYOUTS))
      await expectValues(callEach, bytes, layout, name);
  }),

  check('nearest', 'A number gets the nearest byte', async ({ callEach, rng }) => {
    await expectCodes(callEach, [1, 0.3, 2.5, 100, -0.7, ...random(rng, 20, -5, 8)], E4M3, 'e4m3');
    await expectCodes(
      callEach,
      [1, 0.3, 2.5, 5e4, -0.7, ...random(rng, 20, -13, 15)],
      E5M2,
      'e5m2',
    );
    await expectCodes(callEach, random(rng, 10, -1, 3), E3M4, 'e3m4');
  }),

  check('near-zero', 'Below the smallest power of two as well', async ({ callEach, rng }) => {
    await expectCodes(callEach, [0, 0.001, -0.001, 0.0005, 0.0155], E4M3, 'e4m3');
    await expectCodes(callEach, random(rng, 10, -12, -6), E4M3, 'e4m3');
    await expectCodes(callEach, random(rng, 10, -18, -14), E5M2, 'e5m2');
  }),

  check('ties', 'A tie goes to the even byte', async ({ callEach }) => {
    await expectCodes(
      callEach,
      [1.0625, 1.1875, 17, 19, -21, 2 ** -10, 3 * 2 ** -10],
      E4M3,
      'e4m3',
    );
    await expectCodes(callEach, [1.125, 1.375, -9, 11], E5M2, 'e5m2');
  }),

  check('carries', 'What rounds up to a power of two is that power', async ({ callEach }) => {
    await expectCodes(callEach, [1.97, 15.7, -0.999, 2 ** -6 * 0.99], E4M3, 'e4m3');
    await expectCodes(callEach, [1.9, 7.6, -0.99], E5M2, 'e5m2');
  }),

  check('clamps', 'What lies beyond the largest is clamped', async ({ callEach }) => {
    await expectCodes(callEach, [1000, -1000, 465, 1e30, 448], E4M3, 'e4m3');
    await expectCodes(callEach, [1e6, -6e4], E5M2, 'e5m2');
  }),

  check('refuses', 'What is not finite is refused by name', async ({ callEach }) => {
    const wrong = [NaN, Infinity, -Infinity];
    for (const [value, answer] of callEach('encode', wrong, (each) => [each, E4M3])) {
      await expectThrows(answer, {
        when: `for ${value}`,
        mentions: { pattern: /value/, words: 'the argument value' },
      });
    }
  }),
]);
