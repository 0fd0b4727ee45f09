/** The layers of the model with their real errors in every format, computed when the site is built. */
import { sqnr, toFloat16 } from '../../../engine/numerics/index.ts';
import { allLayers, roundTrip, symmetricParams } from '../../Computed/values/layers.ts';
import { BUDGET_FORMATS, bitsOf, type BudgetLayer } from './bytes-budget.ts';

/** The data of the figure. */
export function budgetLayers(): BudgetLayer[] {
  return allLayers().map(({ name, kernel, bias }) => ({
    name,
    weights: kernel.length,
    biases: bias.length,
    sqnr: Object.fromEntries(
      BUDGET_FORMATS.filter((format) => format !== 'float32').map((format) => {
        const restored =
          format === 'float16'
            ? toFloat16(kernel)
            : roundTrip(kernel, symmetricParams(kernel, bitsOf(format)));
        return [format, Number(sqnr(kernel, restored).toFixed(4))];
      }),
    ),
  }));
}
