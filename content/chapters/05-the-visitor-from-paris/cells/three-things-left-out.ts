const names = ['dense_1', 'dense_2', 'logits'];

/** The scores, with every weight moved part of the way to another model’s. */
function scores(other: tf.LayersModel, part: number): tf.Tensor {
  return names.reduce<tf.Tensor>((values, name, i) => {
    const [from, biases] = old.getLayer(name).getWeights() as [
      tf.Tensor,
      tf.Tensor,
    ];
    const way = other.getLayer(name).getWeights()[0]!.sub(from);
    const sums = values.matMul(from.add(way.mul(part))).add(biases);
    return i < 2 ? sums.relu() : sums;
  }, pixels);
}

display.table(
  [0.3, 0.5, 0.7, 0.9].map((gone) => {
    const other = sparsity.obdPrune(old, worths, gone);
    const foretold = sparsity.predictedLossIncrease(worths, other);
    const [slope, bend] = tf.tidy(() => {
      const p = scores(other, 0).softmax();
      // How the scores set out.
      const dz = scores(other, 0.01).sub(scores(other, -0.01)).div(0.02);
      const spread = p.mul(dz.square()).sum(1).sub(p.mul(dz).sum(1).square());
      return [p.sub(answers).mul(dz).sum(1), spread.div(2)].map(
        (t) => t.mean().dataSync()[0]!,
      );
    });
    const measured = lossOf(other) - whole;
    return {
      struck: `${100 * gone}%`,
      foretold,
      slope: slope!,
      'each other': bend! - foretold,
      'third order and beyond': measured - slope! - bend!,
      measured,
    };
  }),
  { title: 'Struck out by worth: what the rise of the loss is made of' },
);
