import { ReaderError } from '../../shared/reader-error.ts';
import { describe } from '../numerics/arguments.ts';

/** What is counted: operations on numbers, and 32-bit words read or written. */
export type EnergyOperation = keyof typeof PICOJOULES;

/**
 * Picojoules an operation, at 45 nm and 0.9 V, rough figures of 2014; what an instruction costs beside the operation
 * is not in them.
 */
const PICOJOULES = {
  int8Add: 0.03,
  int32Add: 0.1,
  int8Multiply: 0.2,
  int32Multiply: 3.1,
  float16Add: 0.4,
  float16Multiply: 1.1,
  float32Add: 0.9,
  float32Multiply: 3.7,
  /** 32 bits from a small memory on the chip. */
  sram8KBRead32: 5,
  /** 32 bits from memory outside the chip. */
  dramRead32: 640,
} as const;

/** Energy in all, and by operation. */
export interface Energy {
  picojoules: number;
  parts: Partial<Record<EnergyOperation, number>>;
}

/**
 * Estimates the energy that arithmetic and memory take, from a table of 2014.
 *
 * E = Σ count·energy. A float32 multiplication with its addition takes 4.6 pJ, one of int8 0.23 pJ; a word from DRAM
 * 640 pJ: what is moved costs more than what is computed.
 *
 * @param counts - how often each operation is done: `int8Add`, `int32Add`, `int8Multiply`, `int32Multiply`,
 *   `float16Add`, `float16Multiply`, `float32Add`, `float32Multiply`, `sram8KBRead32`, `dramRead32`
 * @returns `{picojoules, parts}`
 * @throws ReaderError `operation-unknown`, `count-not-a-number`
 * @example
 * ```ts
 * import { evaluation } from 'heavy-weights';
 *
 * console.log(evaluation.energy({ float32Multiply: 1000, float32Add: 1000 }).picojoules); // 4600
 * console.log(evaluation.energy({ dramRead32: 1000 }).picojoules); // 640000
 * ```
 * @see M. Horowitz, "Computing's energy problem (and what we can do about it)", ISSCC 2014, pp. 10–14; S. Han, H. Mao,
 *   W. J. Dally, ICLR 2016, for the 32-bit figures of memory
 */
export function energy(counts: Partial<Record<EnergyOperation, number>>): Energy {
  const parts: Energy['parts'] = {};
  let picojoules = 0;
  for (const [name, count] of Object.entries(counts)) {
    if (!Object.hasOwn(PICOJOULES, name)) {
      throw new ReaderError({
        code: 'operation-unknown',
        explain: `There is no figure for ${name}; there are figures for ${Object.keys(PICOJOULES).join(', ')}.`,
      });
    }
    if (typeof count !== 'number' || !(count >= 0) || !Number.isFinite(count)) {
      throw new ReaderError({
        code: 'count-not-a-number',
        explain: `${name} must be a count of at least 0; it is ${describe(count)}.`,
      });
    }
    const operation = name as EnergyOperation;
    parts[operation] = count * PICOJOULES[operation];
    picojoules += parts[operation];
  }
  return { picojoules, parts };
}
