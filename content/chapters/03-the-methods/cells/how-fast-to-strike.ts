const final = 0.97;
const schedule = (power: number) =>
  new sparsity.PolynomialDecay({
    initialSparsity: 0,
    finalSparsity: final,
    beginStep: 0,
    endStep: 120,
    power,
    frequency: 8,
  });
const [straight, cubic] = [schedule(1), schedule(3)];

const steps = Array.from({ length: 161 }, (_, step) => step);
display.line(
  {
    'power 1': steps.map((step) => straight.at(step).sparsity),
    'power 3': steps.map((step) => cubic.at(step).sparsity),
  },
  { title: 'What the schedule asks for', xLabel: 'step', yLabel: 'share of zeros' },
);

/** Of the weights that are left before a step, the share that it strikes out. */
const taken = (plan: typeof cubic, step: number) => {
  const [before, after] = [plan.at(step - 8).sparsity, plan.at(step).sparsity];
  return `${((100 * (after - before)) / (1 - before)).toFixed(1)}%`;
};
display.table(
  steps
    .filter((step) => step > 0 && cubic.at(step).shouldPrune)
    .map((step) => ({
      step,
      'power 1, zeros': straight.at(step).sparsity,
      'power 1, of those left': taken(straight, step),
      'power 3, zeros': cubic.at(step).sparsity,
      'power 3, of those left': taken(cubic, step),
    })),
  { title: 'What each pruning takes of what is left' },
);
