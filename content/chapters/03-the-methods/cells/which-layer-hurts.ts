import { calibration } from 'heavy-weights';

/** Half of the range of what was seen, as on the druggist’s card. */
class Stingy extends calibration.MinMax {
  override range() {
    const { min, max } = super.range();
    return { min: min / 2, max: max / 2 };
  }
}

/** Each layer’s SQNR, and by how much its noise exceeds what was to be expected of it. */
async function judge(observer: (layer: string) => calibration.Observer) {
  const network = await quantization.quantizePostTraining(heavy, {
    mode: 'int8',
    observer,
    representativeDataset: function* () {
      yield sheetsFrom(100);
    },
  });
  const errors = await evaluation.perLayerError(heavy, network, function* () {
    yield few.clone();
  });
  return errors.map(({ layer, sqnr, errorInSteps }, i) => {
    const noise = 10 ** (-sqnr / 10);
    const handed = i === 0 ? 0 : 10 ** (-errors[i - 1]!.sqnr / 10);
    const rounding = noise / (12 * errorInSteps! ** 2); // a twelfth of a step squared
    return { layer, sqnr, excess: 10 * Math.log10(noise / (handed + rounding)) };
  });
}

const honest = await judge(() => new calibration.MinMax());
const shared = ['conv_2', 'pool_2', 'flatten']; // these three have one scale between them
const halved = await judge((layer) => (shared.includes(layer) ? new Stingy() : new calibration.MinMax()));

display.table(
  honest.map(({ layer, sqnr, excess }, i) => ({
    layer,
    'honest: SQNR': sqnr.toFixed(1),
    'honest: beyond': excess.toFixed(1),
    'halved: SQNR': halved[i]!.sqnr.toFixed(1),
    'halved: beyond': halved[i]!.excess.toFixed(1),
  })),
  { title: 'The heavy model, layer by layer: dB, and dB beyond the expected' },
);
