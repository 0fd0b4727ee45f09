import { check, defineChecks, expectClose, expectEqual, expectThrows } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

const LEDGER = {
  raw: 'integer',
  packed: 'integer',
  masked: 'integer',
  listed: 'integer',
  entropy: 'number',
} as const;

type Way = keyof typeof LEDGER;

/** The statement once more, each line by itself. */
function expected(codes: number[]): Record<Way, number> {
  const n = codes.length;
  const different = [...new Set(codes)];
  const [low, high] = [Math.min(...codes), Math.max(...codes)];
  const widths = [1, 2, 3, 4, 5, 6, 7, 8];
  const bits = widths.find((b) => low >= -(2 ** (b - 1)) && high < 2 ** (b - 1))!;
  const shares = different.map((value) => codes.filter((code) => code === value).length / n);
  const entropy = shares.reduce((sum, share) => sum - share * Math.log2(share), 0);
  return {
    raw: n,
    packed: Math.ceil((n * bits) / 8),
    masked: Math.ceil(n / 8) + codes.filter((code) => code !== 0).length,
    listed: different.length + Math.ceil((n * Math.ceil(Math.log2(different.length))) / 8),
    entropy: (n * entropy) / 8,
  };
}

async function ledgerOf(call: CheckTools['call'], codes: number[]) {
  return call('sizeLedger', [Int8Array.from(codes)], LEDGER);
}

async function expectWay(call: CheckTools['call'], codes: number[], way: Way): Promise<void> {
  const ledger = await ledgerOf(call, codes);
  expectClose(ledger[way], expected(codes)[way], {
    tolerance: 1e-6,
    label: `${way} of ${codes.length} codes`,
  });
}

/** So many codes of a layer, most of them small. */
function layer(rng: CheckTools['rng'], count: number, largest: number, zeros: number): number[] {
  return Array.from({ length: count }, () =>
    rng.uniform(0, 1) < zeros ? 0 : rng.integer(-largest, largest),
  );
}

export default defineChecks([
  check(
    'example',
    'The two layers of the statement are written up as it says',
    async ({ call }) => {
      const first = await ledgerOf(call, [0, 0, 3, 0, -2, 0, 0, 0]);
      expectEqual([first.raw, first.packed, first.masked, first.listed], [8, 3, 3, 5]);
      expectClose(first.entropy, 1.0612781244591328, { label: 'entropy' });
      const second = await ledgerOf(call, [127, 0, 0, 0, 0, 0, 0, 0]);
      expectEqual([second.raw, second.packed, second.masked, second.listed], [8, 8, 2, 3]);
    },
  ),

  check('packed', 'The fewest bits hold the sign as well', async ({ call }) => {
    const sixteen = (...codes: number[]): number[] => [
      ...codes,
      ...new Array<number>(16 - codes.length).fill(0),
    ];
    for (const codes of [
      sixteen(),
      sixteen(-1),
      sixteen(1),
      sixteen(7, -8),
      sixteen(8),
      sixteen(-9),
      sixteen(-128),
    ]) {
      await expectWay(call, codes, 'packed');
    }
  }),

  check(
    'masked',
    'A mask takes a bit for each code, and a zero nothing more',
    async ({ call, rng }) => {
      for (const zeros of [0, 0.5, 0.9, 1]) {
        await expectWay(call, layer(rng, rng.integer(20, 90), 127, zeros), 'masked');
      }
    },
  ),

  check('listed', 'A list is stored, and its numbers take whole bits', async ({ call, rng }) => {
    for (const different of [1, 2, 3, 4, 5, 9, 16, 17]) {
      const values = Array.from({ length: different }, (_, i) => i - 3);
      const codes = [
        ...values,
        ...Array.from({ length: 50 }, () => values[rng.integer(0, different - 1)]!),
      ];
      await expectWay(call, codes, 'listed');
    }
  }),

  check('entropy', 'The entropy is counted in bits, over all the codes', async ({ call, rng }) => {
    await expectWay(call, [1, 1, 1, 1], 'entropy');
    await expectWay(call, [0, 1, 2, 3, 4, 5, 6, 7], 'entropy');
    for (const zeros of [0.2, 0.8, 0.97]) {
      await expectWay(call, layer(rng, 120, 30, zeros), 'entropy');
    }
  }),

  check('any-layer', 'Layers of any size are written up', async ({ call, rng }) => {
    for (let round = 0; round < 8; round++) {
      const codes = layer(rng, rng.integer(1, 200), rng.integer(1, 127), rng.uniform(0, 1));
      const ledger = await ledgerOf(call, codes);
      for (const [way, bytes] of Object.entries(expected(codes))) {
        expectClose(ledger[way as Way], bytes, { tolerance: 1e-6, label: way });
      }
    }
  }),

  check('flash', 'The device pays for the smallest of what it can read', async ({ call }) => {
    const ledger = { raw: 800, packed: 400, masked: 190, listed: 310, entropy: 120.5 };
    const paid = async (reads: string[]) => call('bytesInFlash', [ledger, reads], 'number');
    expectEqual(await paid([]), 800, { label: 'a device that reads raw codes only' });
    expectEqual(await paid(['packed']), 400);
    expectEqual(await paid(['listed', 'packed']), 310);
    expectEqual(await paid(['packed', 'listed', 'masked']), 190);
    const dense = { raw: 800, packed: 800, masked: 900, listed: 1056, entropy: 795.2 };
    expectEqual(await call('bytesInFlash', [dense, ['masked', 'listed']], 'number'), 800, {
      label: 'a layer that is shortest as it is',
    });
  }),

  check('refuses', 'An empty layer and an unknown way are refused', async ({ call }) => {
    await expectThrows(() => call('sizeLedger', [new Int8Array()]), { when: 'for no codes' });
    const ledger = { raw: 8, packed: 3, masked: 3, listed: 5, entropy: 1.06 };
    for (const way of ['entropy', 'gzip']) {
      await expectThrows(() => call('bytesInFlash', [ledger, [way]]), { when: `for ${way}` });
    }
  }),
]);
