import { createRng, ReaderError } from 'heavy-weights';
import { expect, it } from 'vitest';
import { readNpy, readNpz } from '../../../src/workbench/npz.ts';
import { headerOf, npy, npyFile, npz } from './npy-files.ts';

const noise = (length: number): Uint8Array =>
  Uint8Array.from(createRng(7).floats(length), (value) => value * 256);

const arrays = {
  x: npy(
    '<f4',
    [3, 4, 5],
    Array.from({ length: 60 }, (_, i) => i / 8),
  ),
  y: npy('>i8', [7], [0, 1, 2, 3, 4, 5, 6]),
  h: npy('<f2', [2, 3], [1, 2, 3, 4, 5, 6], true),
  bytes: npyFile(headerOf('|u1', [500]), noise(500), 3),
};
const npys = Object.values(arrays);
const npzs = [npz(arrays), npz(arrays, 0), npz({ x: arrays.x })];

const outcomes = new Map<string, number>();

/** An error for readers or a result, and nothing that takes long. */
function open(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array, what: string): void {
  const started = performance.now();
  let outcome = 'read';
  try {
    read(bytes);
  } catch (error) {
    if (!(error instanceof ReaderError)) {
      throw new Error(`${what}: ${(error as Error).stack}`, { cause: error });
    }
    outcome = error.code;
  }
  expect(performance.now() - started, what).toBeLessThan(2000);
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}

const total = (): number => [...outcomes.values()].reduce((sum, count) => sum + count, 0);

const NUMBERS = [0, 1, 2, 4, 20, 127, 128, 255, 65535, 65536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
const TOKENS = [
  '(',
  ')',
  ',',
  "'",
  '"',
  '{',
  '}',
  ':',
  ' ',
  '\n',
  '9',
  '-1',
  'True',
  'L',
  '|O',
  '\0',
];

/** One to three changes: a bit, a byte, a number of 16 or 32 bits, a token, a piece left out or doubled. */
function mutate(bytes: Uint8Array, rng: ReturnType<typeof createRng>): Uint8Array {
  let altered = bytes.slice();
  for (let changes = rng.integer(1, 3); changes > 0; changes--) {
    const at = rng.integer(0, altered.length - 4);
    const view = new DataView(altered.buffer);
    const number = NUMBERS[rng.integer(0, NUMBERS.length - 1)]!;
    switch (rng.integer(0, 6)) {
      case 0:
        altered[at]! ^= 1 << rng.integer(0, 7);
        break;
      case 1:
        altered[at] = rng.integer(0, 255);
        break;
      case 2:
        view.setUint16(at, number, true);
        break;
      case 3:
        view.setUint32(at, number, true);
        break;
      case 4:
        altered.set(
          new TextEncoder().encode(TOKENS[rng.integer(0, TOKENS.length - 1)]!).slice(0, 4),
          at,
        );
        break;
      case 5: {
        const end = Math.min(altered.length, at + rng.integer(1, 40));
        const left = [...altered.subarray(0, at), ...altered.subarray(end)];
        if (left.length > 8) altered = Uint8Array.from(left);
        break;
      }
      default: {
        const end = Math.min(altered.length, at + rng.integer(1, 40));
        altered = Uint8Array.from([...altered.subarray(0, end), ...altered.subarray(at)]);
      }
    }
  }
  return altered;
}

it('12,000 altered .npy and .npz files end in an error for readers or a result', () => {
  const rng = createRng(1894);
  for (let trial = 0; trial < 6000; trial++) {
    // Changes near the beginning are the ones that matter in a .npy file.
    const file = npys[trial % npys.length]!;
    const head = Math.min(file.length, 140);
    const altered = mutate(trial % 3 === 0 ? file : file.subarray(0, head), rng);
    open(readNpy, trial % 3 === 0 ? altered : join(altered, file.subarray(head)), `npy ${trial}`);
  }
  for (let trial = 0; trial < 6000; trial++) {
    open(readNpz, mutate(npzs[trial % npzs.length]!, rng), `npz ${trial}`);
  }
  console.log('npz fuzz:', total(), Object.fromEntries(outcomes));
  expect(total()).toBe(12_000);
  expect(outcomes.get('read')).toBeGreaterThan(100);
  expect(outcomes.size).toBeGreaterThan(8);
});

const join = (a: Uint8Array, b: Uint8Array): Uint8Array => Uint8Array.from([...a, ...b]);

it('files cut short anywhere, and bytes that are nobody’s file', () => {
  const before = total();
  for (const file of [...npys.slice(0, 2), npzs[2]!]) {
    const read = file[0] === 0x50 ? readNpz : readNpy;
    for (let length = 0; length < file.length; length++) {
      const cut = file.subarray(0, length);
      open(read, cut, `cut at ${length}`);
      expect(() => read(cut), `cut at ${length}`).toThrow(ReaderError);
    }
  }
  const rng = createRng(3);
  for (let trial = 0; trial < 1000; trial++) {
    const tail = Uint8Array.from(rng.floats(rng.integer(0, 300)), (value) => value * 256);
    open(readNpy, join(npys[0]!.subarray(0, rng.integer(0, 12)), tail), `arbitrary ${trial}`);
    open(readNpz, join(npzs[0]!.subarray(0, rng.integer(0, 40)), tail), `arbitrary ${trial}`);
  }
  expect(total() - before).toBeGreaterThan(2500);
});
