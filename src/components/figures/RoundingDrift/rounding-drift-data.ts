/** The eight-bit codes of the heavy model’s widest layer, counted when the site is built. */
import { modelFacts } from '../../../build/model-facts.ts';
import { quantize } from '../../../engine/numerics/index.ts';
import { symmetricParams } from '../../Computed/values/layers.ts';

let counted: number[] | undefined;

/** How many of the 400,000 weights of `dense_1` have each code from −127 to 127. */
export function codeCounts(): number[] {
  if (counted) return counted;
  const kernel = modelFacts('lenet-5').find(({ name }) => name === 'dense_1/kernel')!.values;
  const params = symmetricParams(kernel);
  counted = new Array<number>(2 * params.qmax + 1).fill(0);
  for (const code of quantize(kernel, params)) counted[code + params.qmax]! += 1;
  return counted;
}
