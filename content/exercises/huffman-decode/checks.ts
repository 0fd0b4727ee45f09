import { check, defineChecks, expectArrayEqual, expectThrows } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

type Rng = CheckTools['rng'];

/** Codes by length, as numbers, for writing: the rule in another way. */
function wordsOf(lengths: number[]): (number[] | undefined)[] {
  const words: (number[] | undefined)[] = lengths.map(() => undefined);
  let last: number[] | undefined;
  for (let length = 1; length <= 24; length++) {
    for (const [symbol, own] of lengths.entries()) {
      if (own !== length) continue;
      const next = last ? plusOne(last) : [];
      while (next.length < length) next.push(0);
      words[symbol] = next;
      last = next;
    }
  }
  return words;
}

function plusOne(bits: number[]): number[] {
  const next = [...bits];
  let at = next.length - 1;
  while (at >= 0 && next[at] === 1) next[at--] = 0;
  if (at >= 0) next[at] = 1;
  return next;
}

/** The symbols as bytes, what is left of the last filled with `filling`. */
function written(lengths: number[], symbols: number[], filling = 0): Uint8Array {
  const words = wordsOf(lengths);
  const bits = symbols.flatMap((symbol) => words[symbol]!);
  while (bits.length % 8 !== 0) bits.push(filling);
  return Uint8Array.from({ length: bits.length / 8 }, (_, byte) =>
    bits.slice(8 * byte, 8 * byte + 8).reduce((value, bit) => 2 * value + bit, 0),
  );
}

/** Lengths of a complete code: a leaf is split again and again; some symbols have no word. */
function someLengths(rng: Rng, leaves: number): number[] {
  const lengths = [1, 1];
  while (lengths.length < leaves) {
    const at = rng.integer(0, lengths.length - 1);
    if (lengths[at]! > 20) continue;
    lengths[at]! += 1;
    lengths.push(lengths[at]!);
  }
  return rng.shuffle([...lengths, ...new Array<number>(rng.integer(0, 4)).fill(0)]);
}

const drawn = (rng: Rng, lengths: number[], count: number): number[] => {
  const usable = [...lengths.keys()].filter((symbol) => lengths[symbol]! > 0);
  return Array.from({ length: count }, () => usable[rng.integer(0, usable.length - 1)]!);
};

async function expectRead(
  call: CheckTools['call'],
  lengths: number[],
  symbols: number[],
  filling = 0,
): Promise<void> {
  const bytes = written(lengths, symbols, filling);
  const answer = await call('decodeWords', [lengths, bytes, symbols.length], 'numbers');
  expectArrayEqual(answer, symbols, { label: `the symbols, of lengths ${lengths.join(', ')}` });
}

const example = [2, 1, 0, 3, 3];

export default defineChecks([
  check('example', 'The example of the statement', async ({ call }) => {
    const answer = await call('decodeWords', [example, Uint8Array.of(92, 192), 6], 'numbers');
    expectArrayEqual(answer, [1, 0, 4, 1, 1, 3], { label: 'the symbols' });
  }),

  check('order', 'Of words of one length the lower symbol has the lower', async ({ call }) => {
    await expectRead(call, [2, 2, 2, 2], [0, 1, 2, 3, 3, 1]);
    await expectRead(call, [3, 1, 3, 2], [2, 0, 1, 3, 2]);
  }),

  check('lengths', 'Words grow with their lengths', async ({ call, rng }) => {
    await expectRead(call, [1, 4, 3, 4, 2], [1, 3, 0, 2, 4, 1]);
    await expectRead(call, [6, 1, 6, 3, 2, 4, 5], drawn(rng, [6, 1, 6, 3, 2, 4, 5], 30));
  }),

  check('leap', 'A length may be left out', async ({ call }) => {
    await expectRead(call, [3, 1, 3, 3, 3], [4, 0, 1, 2, 3]);
    await expectRead(call, [5, 5, 5, 5, 2, 3, 1], [0, 1, 2, 3, 4, 5, 6]);
  }),

  check('filling', 'What fills the last byte is not read', async ({ call }) => {
    await expectRead(call, [1, 1], [0, 1, 0], 0);
    await expectRead(call, [1, 1], [0, 1, 0], 1);
    await expectRead(call, example, [], 0);
  }),

  check('any', 'Any text in any code', async ({ call, rng }) => {
    for (let round = 0; round < 12; round++) {
      const lengths = someLengths(rng, rng.integer(2, 24));
      await expectRead(call, lengths, drawn(rng, lengths, rng.integer(1, 60)), round % 2);
    }
  }),

  check('refuses', 'Bytes that end too soon are refused', async ({ call }) => {
    await expectThrows(() => call('decodeWords', [example, Uint8Array.of(92), 6]), {
      when: 'for six symbols in one byte',
      mentions: { pattern: /bytes/, words: 'the argument bytes' },
    });
    await expectThrows(() => call('decodeWords', [[2, 2, 2, 2], Uint8Array.of(27), 5]), {
      when: 'for five symbols of two bits in one byte',
      mentions: { pattern: /bytes/, words: 'the argument bytes' },
    });
  }),
]);
