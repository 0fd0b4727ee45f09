// What the druggist’s card says.
const card = { dense_1: 0.003569, dense_2: 0.001934, logits: 0.004012 };

display.table(
  Object.entries(card).map(([name, written]) => {
    const { scale: engine } = numerics.chooseQuantizationParams(numerics.minMax(weightsOf(name)), {
      symmetric: true,
      narrowRange: true,
    });
    return { layer: name, 'on the card': written, 'by the engine': engine, 'engine ÷ card': engine / written };
  }),
  { title: 'The card, and the rule' },
);
