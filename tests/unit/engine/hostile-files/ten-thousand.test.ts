/** 10,000 altered files of each kind: an error or a result, never a hang or a crash. FUZZ_FILES sets another number. */
import '@tensorflow/tfjs-backend-cpu';
import { createRng, type Rng } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { npy, npz } from '../../workbench/npy-files.ts';
import { zipOf } from '../keras-files.ts';
import { viewOf, type Bytes } from './altered.ts';
import { KINDS, OPEN, outcomeOf, watchMemory, type Kind } from './attempt.ts';
import { GOOD, partsOf } from './small-files.ts';

const FILES = Number(process.env['FUZZ_FILES'] ?? 10_000);
const NUMBERS = [0, 1, 2, 8, 127, 128, 255, 9999, 65_535, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

const pick = <T>(rng: Rng, list: readonly T[]): T => list[rng.integer(0, list.length - 1)]!;

/** One to four changes: bits, bytes, numbers, addresses, pieces over others; now and then the end is cut off. */
function mutate(good: Bytes, rng: Rng): Bytes {
  const bytes = good.slice();
  const view = viewOf(bytes);
  for (let changes = rng.integer(1, 4); changes > 0; changes--) {
    const at = rng.integer(0, bytes.length - 9);
    switch (rng.integer(0, 6)) {
      case 0:
        bytes[at]! ^= 1 << rng.integer(0, 7);
        break;
      case 1:
        bytes[at] = rng.integer(0, 255);
        break;
      case 2:
        view.setUint32(at - (at % 4), pick(rng, NUMBERS), true);
        break;
      case 3:
        // An address or a length, where one may be.
        view.setBigUint64(at - (at % 8), BigInt(rng.integer(0, bytes.length)), true);
        break;
      case 4:
        view.setUint32(
          at - (at % 4),
          view.getUint32(at - (at % 4), true) + rng.integer(-8, 8),
          true,
        );
        break;
      case 5:
        bytes.fill(pick(rng, [0, 0x7f, 0xff]), at, at + pick(rng, [1, 2, 4, 8]));
        break;
      default: {
        const from = rng.integer(0, bytes.length - 1);
        bytes.copyWithin(at, from, from + rng.integer(1, 32));
      }
    }
  }
  return rng.uniform() < 0.05 ? bytes.slice(0, rng.integer(0, bytes.length)) : bytes;
}

/** A zip finds every change by its checksums: most of the changes are made to what is in it. */
const MAKE: Record<Kind, (rng: Rng) => Bytes> = {
  h5: (rng) => mutate(GOOD_FILES.h5, rng),
  tflite: (rng) => mutate(GOOD_FILES.tflite, rng),
  keras: (rng) => {
    const kind = rng.integer(0, 9);
    const text = new TextDecoder('latin1');
    if (kind < 2) return mutate(GOOD_FILES.keras, rng);
    return kind < 5
      ? zipOf(text.decode(mutate(KERAS.config, rng)), KERAS.weights)
      : zipOf(text.decode(KERAS.config), mutate(KERAS.weights, rng));
  },
  npz: (rng) =>
    rng.integer(0, 9) < 3
      ? mutate(GOOD_FILES.npz, rng)
      : (npz({ x: mutate(ARRAY, rng), y: ARRAY }, 0) as Bytes),
};
const GOOD_FILES = {
  h5: GOOD.h5(),
  keras: GOOD.keras(),
  tflite: GOOD.tflite(),
  npz: GOOD.npz(),
} satisfies Record<Kind, Bytes>;
const KERAS = partsOf(GOOD_FILES.keras);
const ARRAY = npy('<f4', [2, 3], [0, 1, 2, 3, 4, 5]) as Bytes;

describe('altered files', () => {
  it.each(KINDS)('.%s', { timeout: 600_000 }, async (kind) => {
    const rng = createRng(1894);
    const outcomes = new Map<string, number>();
    const peak = watchMemory();
    for (let file = 0; file < FILES; file++) {
      const outcome = await outcomeOf(OPEN[kind], MAKE[kind](rng), `.${kind} ${file}`);
      const code = outcome === 'opened' ? outcome : outcome.code;
      outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
    }
    expect(peak()).toBeLessThan(2 ** 28);
    console.log(`${FILES} altered .${kind}:`, Object.fromEntries(outcomes));
    // Something gets through, and much does not.
    expect(outcomes.get('opened')).toBeGreaterThan(FILES / 200);
    expect(outcomes.get('opened')).toBeLessThan(FILES * 0.9);
    expect(outcomes.size).toBeGreaterThan(4);
    expect(await outcomeOf(OPEN[kind], GOOD_FILES[kind])).toBe('opened');
  });
});
