import { check, defineChecks, expectArrayEqual, expectThrows } from 'heavy-weights/checks';

/** The byte of a pair, by arithmetic: each nibble is the number modulo 16. */
const byteOf = (low: number, high: number): number => ((low + 16) % 16) + 16 * ((high + 16) % 16);

function pack(values: readonly number[]): number[] {
  const bytes: number[] = [];
  for (let i = 0; i < values.length; i += 2) bytes.push(byteOf(values[i] ?? 0, values[i + 1] ?? 0));
  return bytes;
}

export default defineChecks([
  check('low-first', 'The first of each pair goes into the low half', async ({ call }) => {
    expectArrayEqual(await call('packInt4', [[1, 2]], 'Uint8Array'), [0x21]);
    expectArrayEqual(await call('packInt4', [[0, 7, 5, 3]], 'Uint8Array'), [0x70, 0x35]);
  }),

  check('negative', 'Negative numbers are packed in two’s complement', async ({ call }) => {
    expectArrayEqual(await call('packInt4', [[-1, 0]], 'Uint8Array'), [0x0f]);
    expectArrayEqual(await call('packInt4', [[-8, 1, -3, -2]], 'Uint8Array'), [0x18, 0xed]);
  }),

  check('odd', 'An odd one out has a byte of its own, its high half 0', async ({ call }) => {
    expectArrayEqual(await call('packInt4', [[3, -8, 5]], 'Uint8Array'), [0x83, 0x05]);
    expectArrayEqual(await call('packInt4', [[-6]], 'Uint8Array'), [0x0a]);
    expectArrayEqual(await call('packInt4', [[]], 'Uint8Array'), []);
  }),

  check('negative-back', 'Unpacking gives the signs back', async ({ call }) => {
    const bytes = new Uint8Array([0x0f, 0x18, 0xed]);
    expectArrayEqual(await call('unpackInt4', [bytes, 6], 'Int8Array'), [-1, 0, -8, 1, -3, -2]);
    expectArrayEqual(await call('unpackInt4', [new Uint8Array([0x05]), 1], 'Int8Array'), [5]);
    expectArrayEqual(await call('unpackInt4', [new Uint8Array(0), 0], 'Int8Array'), []);
  }),

  check('random', 'Random weights are packed and come back unharmed', async ({ call, rng }) => {
    for (const length of [16, 33, rng.integer(40, 80)]) {
      const values = Array.from({ length }, () => rng.integer(-8, 7));
      const bytes = pack(values);
      expectArrayEqual(await call('packInt4', [Int8Array.from(values)], 'Uint8Array'), bytes);
      const back = await call('unpackInt4', [Uint8Array.from(bytes), length], 'Int8Array');
      expectArrayEqual(back, values);
    }
  }),

  check('refuses', 'A value that is no int4 is refused, with its index', async ({ call }) => {
    for (const wrong of [8, -9, 20, 0.5, NaN, Infinity]) {
      await expectThrows(() => call('packInt4', [[1, 2, 3, wrong]]), {
        when: `for the value ${wrong}`,
        mentions: { pattern: /\b3\b/, words: 'the index, 3' },
      });
    }
  }),

  check('length', 'A length that does not fit the bytes is refused', async ({ call }) => {
    const bytes = new Uint8Array([0x21, 0x43]);
    for (const wrong of [2, 5, 2.5, NaN]) {
      await expectThrows(() => call('unpackInt4', [bytes, wrong]), {
        when: `for 2 bytes and a length of ${wrong}`,
      });
    }
  }),
]);
