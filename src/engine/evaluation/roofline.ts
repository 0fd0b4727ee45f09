import { ReaderError } from '../../shared/reader-error.ts';
import { describe } from '../numerics/arguments.ts';

/** A piece of work, and a machine to do it. */
export interface RooflineInput {
  /** Operations of the work; a multiplication with an addition counts as two. */
  operations: number;
  /** Bytes that go between memory and processor. */
  bytes: number;
  /** Operations a second that the processor can do at most. */
  peakOperations: number;
  /** Bytes a second that the memory can give at most. */
  bandwidth: number;
}

/** What holds the work back. */
export interface Roofline {
  /** Operations a byte. */
  intensity: number;
  /** Operations a byte from which on the processor is what holds it back. */
  ridge: number;
  /** Operations a second that can be reached. */
  attainable: number;
  boundBy: 'memory' | 'compute';
  /** The least time the work can take. */
  seconds: number;
}

/**
 * Says whether memory or arithmetic holds a piece of work back, and how fast it can be at most.
 *
 * attainable = min(peak, bandwidth·intensity) with intensity = operations/bytes. Smaller weights raise the intensity:
 * where memory is the bound, a quarter of the bytes is four times the speed; where arithmetic is, it changes nothing.
 *
 * @param work - `operations`, `bytes`, `peakOperations` and `bandwidth`, all positive
 * @returns `{intensity, ridge, attainable, boundBy, seconds}`
 * @throws ReaderError `not-positive`, naming the argument
 * @example
 * ```ts
 * import { evaluation } from 'heavy-weights';
 *
 * const machine = { peakOperations: 100e9, bandwidth: 10e9 };
 * const dense = evaluation.roofline({ operations: 800_000, bytes: 1_600_000, ...machine });
 * console.log(dense.boundBy, dense.intensity, dense.attainable); // memory 0.5 5000000000
 * ```
 * @see S. Williams, A. Waterman, D. Patterson, "Roofline: An Insightful Visual Performance Model for Multicore
 *   Architectures", CACM 52(4), 2009
 */
export function roofline(work: RooflineInput): Roofline {
  const { operations, bytes, peakOperations, bandwidth } = work;
  for (const [name, value] of Object.entries({ operations, bytes, peakOperations, bandwidth })) {
    if (typeof value === 'number' && value > 0 && Number.isFinite(value)) continue;
    throw new ReaderError({
      code: 'not-positive',
      explain: `${name} must be a positive number; it is ${describe(value)}.`,
    });
  }
  const intensity = operations / bytes;
  const ridge = peakOperations / bandwidth;
  const attainable = Math.min(peakOperations, bandwidth * intensity);
  const boundBy = intensity < ridge ? 'memory' : 'compute';
  return { intensity, ridge, attainable, boundBy, seconds: operations / attainable };
}
