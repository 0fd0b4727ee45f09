/** The druggist’s card, and what its second line does to the model: sections 1.1, 1.3 and 1.4. */
import { sqnr } from '../../../engine/numerics/index.ts';
import { formatNumber } from '../format-number.ts';
import { type ComputedEntry, entries } from './entry.ts';
import { countCorrect } from './forward.ts';
import { LAYER_NAMES, layer, roundTrip, symmetricParams, type LayerName } from './layers.ts';

const trueScale = (name: LayerName) => symmetricParams(layer(name).kernel).scale;

/** A scale as it is written on the card: four figures, and that of dense_2 halved. */
export function cardScale(name: LayerName): number {
  return Number(formatNumber(name === 'dense_2' ? trueScale(name) / 2 : trueScale(name), 'sig4'));
}

const halvedParams = () => {
  const params = symmetricParams(layer('dense_2').kernel);
  return { ...params, scale: params.scale / 2 };
};
const halved = () => roundTrip(layer('dense_2').kernel, halvedParams());

function correctLost(): number {
  const right = Object.fromEntries(
    LAYER_NAMES.map((name) => [
      name,
      roundTrip(layer(name).kernel, symmetricParams(layer(name).kernel)),
    ]),
  ) as Record<LayerName, Float32Array>;
  return countCorrect(right) - countCorrect({ ...right, dense_2: halved() });
}

export const cardValues: Record<string, ComputedEntry> = {
  ...entries('sig4', {
    ...Object.fromEntries(LAYER_NAMES.map((name) => [`card.${name}`, () => cardScale(name)])),
    'card.true-dense_2': () => trueScale('dense_2'),
  }),
  ...entries('fixed3', { 'card.ratio': () => trueScale('dense_2') / cardScale('dense_2') }),
  ...entries('integer', {
    'card.clipped': () =>
      layer('dense_2').kernel.filter((weight) => Math.abs(weight) > 127.5 * halvedParams().scale)
        .length,
  }),
  ...entries('fixed1', { 'card.sqnr': () => sqnr(layer('dense_2').kernel, halved()) }),
  ...entries('words', { 'card.correct-lost': correctLost }),
};
