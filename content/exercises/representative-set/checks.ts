import {
  check,
  defineChecks,
  expectArrayClose,
  expectEqual,
  expectThrows,
  expectTrue,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

interface Sheet {
  pixels: Uint8Array;
  label: number;
}

/** A drawer in the order of its labels. */
function drawerOf(rng: CheckTools['rng'], sheets: number, pixels: number): Sheet[] {
  return Array.from({ length: sheets }, (_, i) => ({
    pixels: Uint8Array.from({ length: pixels }, () => rng.integer(0, 256)),
    label: Math.floor((10 * i) / sheets),
  }));
}

const scaled = ({ pixels }: Sheet): number[] => Array.from(pixels, (pixel) => pixel / 255);

/** Asks for the specimens, and compares each with the sheet that it should be. */
async function expectSpecimens(
  { call }: CheckTools,
  drawer: Sheet[],
  count: number,
  sheetAt: (k: number) => number,
): Promise<void> {
  const answer = await call('representativeSet', [drawer, count], ['Float32Array']);
  expectEqual(answer.length, count, { label: 'the number of specimens' });
  answer.forEach((specimen, k) => {
    expectArrayClose(specimen, scaled(drawer[sheetAt(k)]!), {
      tolerance: 1e-6,
      label: `specimen ${k}`,
    });
  });
}

export default defineChecks([
  check('scaled', 'Ink is 1 and paper is 0', async (tools) => {
    const { call, rng } = tools;
    const drawer = [{ pixels: Uint8Array.of(0, 51, 255, 128), label: 7 }];
    await expectSpecimens(tools, drawer, 1, () => 0);
    const [only] = await call('representativeSet', [drawerOf(rng, 1, 40), 1], ['Float32Array']);
    const values = Array.from(only!);
    expectTrue(
      values.every((value) => value >= 0 && value <= 1),
      'Every value lies between 0 and 1.',
      { got: Math.max(...values), expected: 'at most 1' },
    );
  }),

  check('own-arrays', 'Each specimen is a sheet of its own', async (tools) => {
    const drawer = drawerOf(tools.rng, 12, 9);
    await expectSpecimens(tools, drawer, 12, (k) => k);
  }),

  check('spread', 'The specimens come evenly from the whole drawer', async (tools) => {
    const { rng } = tools;
    await expectSpecimens(tools, drawerOf(rng, 10, 3), 5, (k) => 2 * k);
    await expectSpecimens(tools, drawerOf(rng, 7, 3), 3, (k) => [0, 2, 4][k]!);
    const sheets = rng.integer(40, 90);
    const count = rng.integer(11, 30);
    await expectSpecimens(tools, drawerOf(rng, sheets, 4), count, (k) =>
      Math.floor((k * sheets) / count),
    );
  }),

  check('all-figures', 'No figure is left out of a drawer in order', async ({ call, rng }) => {
    // Each sheet says by its one pixel which figure it bears.
    const drawer = Array.from({ length: 200 }, (_, i) => ({
      pixels: Uint8Array.of(25 * Math.floor(i / 20), rng.integer(0, 256)),
      label: Math.floor(i / 20),
    }));
    const answer = await call('representativeSet', [drawer, 20], ['Float32Array']);
    const figures = new Set(answer.map((specimen) => Math.round((specimen[0]! * 255) / 25)));
    expectEqual(figures.size, 10, { label: 'how many of the ten figures there are' });
  }),

  check('refuses', 'A count that cannot be had is refused by name', async ({ call, rng }) => {
    for (const count of [0, -1, 2.5, 6, NaN]) {
      await expectThrows(() => call('representativeSet', [drawerOf(rng, 5, 2), count]), {
        when: `for ${count} of 5 sheets`,
        mentions: { pattern: /count/, words: 'the argument count' },
      });
    }
  }),
]);
