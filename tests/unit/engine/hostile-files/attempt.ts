import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Interpreter, ReaderError, tf } from 'heavy-weights';
import { expect } from 'vitest';
import { loadModel } from '../../../../src/engine/keras/index.ts';
import { readNpz } from '../../../../src/workbench/npz.ts';

const MOST_MICROSECONDS = 2e6;
const MOST_MEMORY = 256 * 2 ** 20;

/** How a file of each kind is opened, and a .tflite run too: what is only found out by running is a refusal all the same. */
export const OPEN = {
  h5: async (bytes: Uint8Array) => (await loadModel(bytes)).dispose(),
  keras: async (bytes: Uint8Array) => (await loadModel(bytes)).dispose(),
  tflite: (bytes: Uint8Array) => {
    const interpreter = new Interpreter(bytes);
    interpreter.allocateTensors();
    interpreter.invoke();
  },
  npz: (bytes: Uint8Array) => void readNpz(bytes),
} satisfies Record<string, (bytes: Uint8Array) => unknown>;

export type Kind = keyof typeof OPEN;
export const KINDS = Object.keys(OPEN) as Kind[];

/**
 * Opens what may be anything: the code of its refusal, or 'opened'. Fails unless that came within two seconds of the
 * processor, left no tensor behind, and threw nothing but a ReaderError.
 */
export async function outcomeOf(
  open: (bytes: Uint8Array) => unknown,
  bytes: Uint8Array,
  what = 'the file',
): Promise<ReaderError | 'opened'> {
  const { numTensors } = tf.memory();
  const start = process.cpuUsage();
  let outcome: ReaderError | 'opened' = 'opened';
  try {
    await open(bytes);
  } catch (error) {
    if (!(error instanceof ReaderError)) throw new Error(`${what} broke it`, { cause: error });
    outcome = error;
  }
  // The processor's time: what else the machine does must not count. Bare conditions, for there are many files.
  const { user, system } = process.cpuUsage(start);
  if (user + system > MOST_MICROSECONDS) throw new Error(`${what} took ${user + system} µs`);
  const left = tf.memory().numTensors - numTensors;
  if (left !== 0) throw new Error(`${what} left ${left} tensors`);
  return outcome;
}

/** What a file is refused with: {@link outcomeOf}, and less than 256 MB of memory at any time. */
export async function refused(kind: Kind, bytes: Uint8Array, what?: string): Promise<ReaderError> {
  const peak = watchMemory();
  const outcome = await outcomeOf(OPEN[kind], bytes, what);
  expect(peak(), `memory for ${what ?? 'the file'}`).toBeLessThan(MOST_MEMORY);
  expect(outcome, `outcome of ${what ?? 'the file'}`).toBeInstanceOf(ReaderError);
  return outcome as ReaderError;
}

/**
 * Bytes taken from here on at the most: of resident memory the peak, which Linux keeps and lets one reset, and of array
 * buffers, which are not resident until they are written to, what has not been collected yet.
 */
export function watchMemory(): () => number {
  const isReset = resetPeak();
  const { rss, arrayBuffers } = process.memoryUsage();
  return () => {
    const now = process.memoryUsage();
    const most = isReset ? peakRss() : now.rss;
    return Math.max(most - rss, now.arrayBuffers - arrayBuffers);
  };
}

const CLEAR = '/proc/self/clear_refs';

function resetPeak(): boolean {
  if (!existsSync(CLEAR)) return false;
  try {
    writeFileSync(CLEAR, '5');
    return true;
  } catch {
    return false;
  }
}

function peakRss(): number {
  const [, kilobytes] = /VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))!;
  return Number(kilobytes) * 1024;
}
