import { sparsity } from 'heavy-weights';
import { goldenSuite } from './golden-suite.ts';

interface Inputs {
  schedule: 'ConstantSparsity' | 'PolynomialDecay';
  step: number;
  begin_step: number;
  end_step?: number;
  frequency?: number;
  power?: number;
  target_sparsity?: number;
  initial_sparsity?: number;
  final_sparsity?: number;
}

/** The cases leave out what they do not look at; TFMOT's own tests take these. */
const constant = ({ begin_step, end_step, frequency, target_sparsity = 0.5 }: Inputs) =>
  new sparsity.ConstantSparsity({
    targetSparsity: target_sparsity,
    beginStep: begin_step,
    endStep: end_step,
    frequency,
  });

const polynomial = (inputs: Inputs) =>
  new sparsity.PolynomialDecay({
    initialSparsity: inputs.initial_sparsity ?? 0.4,
    finalSparsity: inputs.final_sparsity ?? 0.8,
    beginStep: inputs.begin_step,
    endStep: inputs.end_step!,
    power: inputs.power,
    frequency: inputs.frequency,
  });

const make = (inputs: Inputs) =>
  inputs.schedule === 'ConstantSparsity' ? constant(inputs) : polynomial(inputs);

goldenSuite('pruning-schedule.json', [{ file: 'tfmot_pruning_schedule.json' }], {
  answered: {
    'PolynomialDecay.sparsity': {
      answer: (inputs: Inputs) => polynomial(inputs).at(inputs.step).sparsity,
    },
    'ConstantSparsity.sparsity': {
      answer: (inputs: Inputs) => constant(inputs).at(inputs.step).sparsity,
    },
    should_prune_in_step: {
      answer: (inputs: Inputs) => make(inputs).at(inputs.step).shouldPrune,
    },
    'schedule constructor validation': {
      answer: (inputs: Inputs) => {
        try {
          make(inputs);
          return 'ok';
        } catch (error) {
          return (error as Error).name === 'ReaderError' ? 'ValueError' : String(error);
        }
      },
    },
  },
  notCovered: {},
});
