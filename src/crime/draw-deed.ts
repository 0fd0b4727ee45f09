import { ReaderError } from '../shared/reader-error.ts';
import { createRng, type Rng } from '../shared/rng.ts';
import { MOST_CASES } from './case-numbers.ts';
import { SABOTAGES, type Deed, type Sabotage } from './sabotages.ts';

/** Sheets in the drawer that the file was calibrated on. */
export const SPECIMENS = 100;

/**
 * The layers of the light reader at which a deed can be done so that the file's accuracy suffers: each was tried, see
 * tests/unit/crime.
 */
export const LAYERS: Record<Exclude<Sabotage, 'poisoned-sample'>, readonly string[]> = {
  'zero-point-dropped': ['conv_1', 'depthwise_3', 'conv_3_pointwise', 'depthwise_4'],
  'depthwise-per-tensor': ['depthwise_3', 'depthwise_4'],
  'stale-mask': ['conv_2_pointwise', 'conv_3_pointwise'],
  'swapped-axis': ['conv_2_pointwise', 'conv_3_pointwise'],
  'bias-scale': ['depthwise_2', 'conv_2_pointwise', 'conv_3_pointwise', 'depthwise_4'],
};

/**
 * What was done in the case of this number. Every sabotage is as likely as another.
 *
 * @throws ReaderError `case-number-wrong`
 */
export function drawDeed(caseNumber: number): Deed {
  if (!Number.isInteger(caseNumber) || caseNumber < 1 || caseNumber > MOST_CASES) {
    throw new ReaderError({
      code: 'case-number-wrong',
      explain: `A case number is a whole number from 1 to ${MOST_CASES.toLocaleString('en-GB')}.`,
      elaborate: `It is ${String(caseNumber)}.`,
    });
  }
  const rng = createRng(caseNumber);
  const sabotage = pick(rng, SABOTAGES);
  const poisons = sabotage === 'poisoned-sample';
  return {
    sabotage,
    layer: poisons ? undefined : pick(rng, LAYERS[sabotage]),
    specimen: poisons ? rng.integer(3, SPECIMENS - 1) : undefined,
    seed: rng.integer(1, 2 ** 31 - 1),
  };
}

const pick = <T>(rng: Rng, items: readonly T[]): T => items[rng.integer(0, items.length - 1)]!;
