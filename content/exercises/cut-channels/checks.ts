import {
  check,
  defineChecks,
  expectArrayClose,
  expectArrayEqual,
  expectThrows,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

type Rng = CheckTools['rng'];

interface Layer {
  kernel: number[][];
  bias: number[];
}

/** The rule worked out once more, channel by channel. */
function byHand(layer: Layer, reader: number[][], share: number) {
  const channels = layer.bias.length;
  const staying = Math.max(Math.round(channels * (1 - share)), 1);
  const power = layer.bias.map((_, c) => layer.kernel.reduce((sum, row) => sum + row[c]! ** 2, 0));
  const stays = power.map(
    (own, c) =>
      power.filter((other, d) => other > own || (other === own && d < c)).length < staying,
  );
  const kept = [...stays.keys()].filter((c) => stays[c]);
  return {
    kept,
    kernel: layer.kernel.map((row) => row.filter((_, c) => stays[c])),
    bias: layer.bias.filter((_, c) => stays[c]),
    reader: reader.filter((_, row) => stays[row % channels]),
  };
}

async function expectCut(
  call: CheckTools['call'],
  layer: Layer,
  reader: number[][],
  share: number,
): Promise<void> {
  const wanted = byHand(layer, reader, share);
  const answer = await call('cutChannels', [layer, reader, share], {
    kept: 'numbers',
    kernel: ['numbers'],
    bias: 'numbers',
    reader: ['numbers'],
  });
  expectArrayEqual(answer.kept, wanted.kept, { label: `kept, at a share of ${share}` });
  expectArrayClose(answer.bias, wanted.bias, { label: 'bias' });
  expectArrayEqual(
    answer.kernel.map((row) => row.length),
    wanted.kernel.map((row) => row.length),
    {
      label: 'the lengths of the rows of kernel',
    },
  );
  expectArrayClose(
    answer.kernel.flatMap((row) => Array.from(row)),
    wanted.kernel.flat(),
    {
      label: 'kernel, row after row',
    },
  );
  expectArrayClose(
    answer.reader.flatMap((row) => Array.from(row)),
    wanted.reader.flat(),
    {
      label: 'reader, row after row',
    },
  );
}

const matrix = (rng: Rng, rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, () => Array.from(rng.normals(columns)));

function someLayers(rng: Rng, places: number): [Layer, number[][]] {
  const [inputs, channels, units] = [rng.integer(2, 9), rng.integer(3, 12), rng.integer(1, 5)];
  const layer = { kernel: matrix(rng, inputs, channels), bias: Array.from(rng.normals(channels)) };
  return [layer, matrix(rng, places * channels, units)];
}

const example: Layer = {
  kernel: [
    [3, 0, 1],
    [0, 1, -2],
  ],
  bias: [0.1, 0.2, 0.3],
};
const sixRows = [[10], [11], [12], [20], [21], [22]];

export default defineChecks([
  check('example', 'The example of the statement', async ({ call }) => {
    await expectCut(call, example, sixRows, 0.3);
    await expectCut(call, example, sixRows, 0.9);
  }),

  check('dense', 'Between two dense layers there is one place', async ({ call, rng }) => {
    for (const share of [0, 0.2, 0.5, 0.8]) {
      const [layer, reader] = someLayers(rng, 1);
      await expectCut(call, layer, reader, share);
    }
  }),

  check('places', 'A channel is struck out of the reader at every place', async ({ call, rng }) => {
    for (const places of [2, 4, 16]) {
      const [layer, reader] = someLayers(rng, places);
      await expectCut(call, layer, reader, 0.5);
    }
  }),

  check('squares', 'Channels are compared by sums of squares', async ({ call }) => {
    // By sizes the first would be the stronger, by the largest weight the third; without squares the second.
    const layer = {
      kernel: [
        [2, -4, 3],
        [2, 1, 4],
        [2, 1, 0],
      ],
      bias: [9, 0, 0],
    };
    await expectCut(call, layer, [[1], [2], [3]], 0.5);
    await expectCut(call, layer, [[1], [2], [3]], 0.7);
    await expectCut(
      call,
      {
        kernel: [
          [3, 2],
          [0, 2],
        ],
        bias: [0, 5],
      },
      [
        [1, 2],
        [3, 4],
      ],
      0.5,
    );
  }),

  check('ties', 'Of equally strong channels the first stay', async ({ call }) => {
    const layer = {
      kernel: [
        [1, -1, 0, 1],
        [0, 0, 1, 0],
      ],
      bias: [1, 2, 3, 4],
    };
    await expectCut(call, layer, [[1], [2], [3], [4]], 0.5);
    await expectCut(call, layer, [[1], [2], [3], [4]], 0.25);
  }),

  check('order', 'What stays is in the order in which it was', async ({ call }) => {
    const layer = { kernel: [[1, 5, 2, 4]], bias: [1, 2, 3, 4] };
    await expectCut(call, layer, [[1], [2], [3], [4], [5], [6], [7], [8]], 0.25);
  }),

  check('one-stays', 'One channel always stays', async ({ call, rng }) => {
    const [layer, reader] = someLayers(rng, 3);
    await expectCut(call, layer, reader, 0.999);
  }),

  check('refuses', 'A reader of another length is refused', async ({ call }) => {
    await expectThrows(() => call('cutChannels', [example, sixRows.slice(1), 0.3]), {
      when: 'for five rows and three channels',
      mentions: { pattern: /reader/, words: 'the argument reader' },
    });
  }),
]);
