import { numerics } from 'heavy-weights';
import { openModel } from 'heavy-weights/book';
import {
  check,
  defineChecks,
  expectArrayEqual,
  expectThrows,
  expectTrue,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

interface Layer {
  name: string;
  weights: Float32Array;
  biases: number;
}

type Rng = CheckTools['rng'];

const choices = [2, 3, 4, 5, 6, 7, 8];
/** The flash of Miss Lyle's device, in bytes. */
const flash = 256 * 1024;

function decibels(weights: Float32Array, numBits: number): number {
  const options = { numBits, symmetric: true, narrowRange: true };
  const params = numerics.chooseQuantizationParams(numerics.minMax(weights), options);
  return numerics.sqnr(weights, numerics.dequantize(numerics.quantize(weights, params), params));
}

/** The dense layers of Miss Lyle's network, with the weights that were trained. */
async function clientLayers(): Promise<Layer[]> {
  const model = await openModel('lenet-300-100');
  const layers = model.layers.flatMap((layer) => {
    const [kernel, bias] = layer.getWeights();
    if (kernel === undefined || bias === undefined) return [];
    const weights = Float32Array.from(kernel.dataSync());
    return [{ name: layer.name, weights, biases: bias.size }];
  });
  model.dispose();
  return layers;
}

interface Plan {
  bits: number[];
  bytes: number;
  /** SQNR of the worst layer, in dB. */
  worst: number;
}

/** Every plan there is, weighed and measured: 7 to the power of the number of layers. */
function allPlans(layers: Layer[]): Plan[] {
  let plans: Plan[] = [{ bits: [], bytes: 0, worst: Infinity }];
  for (const { weights, biases } of layers) {
    const options = choices.map((bits) => ({
      bits,
      bytes: Math.ceil((weights.length * bits) / 8) + 4 * biases,
      quality: decibels(weights, bits),
    }));
    plans = plans.flatMap((plan) =>
      options.map(({ bits, bytes, quality }) => ({
        bits: [...plan.bits, bits],
        bytes: plan.bytes + bytes,
        worst: Math.min(plan.worst, quality),
      })),
    );
  }
  return plans;
}

/** The plan that the statement asks for, by looking at all of them. */
function bestPlan(plans: Plan[], budget: number): Plan | undefined {
  const better = (a: Plan, b: Plan): number => b.worst - a.worst || a.bytes - b.bytes;
  return plans.filter(({ bytes }) => bytes <= budget).sort(better)[0];
}

/** Weights with a tail: `tail` 0 is a plain normal distribution, 1 a few very large weights. */
function weightsOf(rng: Rng, count: number, tail: number): Float32Array {
  const std = rng.uniform(0.02, 0.3);
  return Float32Array.from(
    { length: count },
    () => std * rng.normal() * Math.exp(tail * rng.normal()),
  );
}

function someLayers(rng: Rng, count: number): Layer[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `layer_${i + 1}`,
    weights: weightsOf(rng, rng.integer(60, 600), rng.uniform(0, 1)),
    biases: rng.integer(1, 30),
  }));
}

/** Calls the submission and finds its plan among all plans. */
async function ask(
  call: CheckTools['call'],
  layers: Layer[],
  budget: number,
  plans: Plan[],
): Promise<Plan> {
  const answer = Array.from(await call('planBits', [layers, budget], 'numbers'));
  const plan = plans.find(
    ({ bits }) => bits.length === answer.length && bits.every((b, i) => b === answer[i]),
  );
  expectTrue(
    plan !== undefined,
    'The plan should hold a whole number from 2 to 8 for every layer.',
    {
      got: answer,
      expected: `${layers.length} whole numbers from 2 to 8`,
    },
  );
  return plan as Plan;
}

function expectFits({ bits, bytes }: Plan, budget: number): void {
  expectTrue(bytes <= budget, `The plan takes ${bytes} bytes; the budget is ${budget}.`, {
    got: bits,
    expected: `a plan of at most ${budget} bytes`,
  });
}

function expectBest(plan: Plan, best: Plan): void {
  const [got, possible] = [plan.worst, best.worst].map((worst) => worst.toFixed(2));
  expectTrue(
    plan.worst >= best.worst - 1e-6,
    `The worst layer has ${got} dB; there is a plan within the budget that gives it ${possible} dB.`,
    { got: plan.bits, expected: `a plan whose worst layer has ${possible} dB` },
  );
}

function expectFewest({ bits, bytes }: Plan, best: Plan): void {
  expectTrue(
    bytes <= best.bytes,
    `A plan as good takes ${best.bytes} bytes; this one takes ${bytes}.`,
    {
      got: bits,
      expected: `a plan of ${best.bytes} bytes`,
    },
  );
}

/** A budget that the best plan within it fills exactly. */
function tightBudget(rng: Rng, plans: Plan[]): number {
  const smallest = Math.min(...plans.map(({ bytes }) => bytes));
  const largest = Math.max(...plans.map(({ bytes }) => bytes));
  const somewhere = Math.round(smallest + rng.uniform(0.2, 0.8) * (largest - smallest));
  return bestPlan(plans, somewhere)?.bytes ?? largest;
}

/** A budget with room to spare: its best plan leaves bytes that would buy some layer another bit. */
function roomyBudget(rng: Rng, plans: Plan[]): number {
  const budgets = plans.flatMap(({ bytes, worst }) => {
    const next = plans
      .filter((plan) => plan.worst > worst)
      .reduce((low, plan) => Math.min(low, plan.bytes), Infinity);
    const same = plans.filter((plan) => plan.worst === worst && plan.bytes < next);
    const wasteful = same.some((plan) => plan.bytes > bytes);
    const fewest = same.every((plan) => plan.bytes >= bytes);
    return Number.isFinite(next) && wasteful && fewest && bytes < next ? [next - 1] : [];
  });
  return budgets[rng.integer(0, budgets.length - 1)] ?? 0;
}

export default defineChecks([
  check('example', 'The example of the statement gets 6 and 4 bits', async ({ call }) => {
    const layers = [
      { name: 'hall', weights: new Float32Array([1, -0.6, 0.3, 0.1]), biases: 1 },
      { name: 'attic', weights: new Float32Array([0.9, 0.8, -0.7, -0.9]), biases: 1 },
    ];
    const plans = allPlans(layers);
    const plan = await ask(call, layers, 13, plans);
    expectFits(plan, 13);
    expectBest(plan, bestPlan(plans, 13) ?? plan);
    expectArrayEqual(plan.bits, [6, 4], { label: 'the plan' });
  }),

  check('fits', 'The plan is never over the budget', async ({ call, rng }) => {
    for (let round = 0; round < 4; round++) {
      const layers = someLayers(rng, rng.integer(1, 3));
      const plans = allPlans(layers);
      const budget = tightBudget(rng, plans) - 1;
      expectFits(await ask(call, layers, budget, plans), budget);
    }
  }),

  check('best', 'No plan within the budget has a better worst layer', async ({ call, rng }) => {
    for (let round = 0; round < 5; round++) {
      const layers = someLayers(rng, rng.integer(2, 4));
      const plans = allPlans(layers);
      const budget = tightBudget(rng, plans);
      const plan = await ask(call, layers, budget, plans);
      expectFits(plan, budget);
      expectBest(plan, bestPlan(plans, budget) ?? plan);
    }
  }),

  check('fewest', 'No byte is spent that does not help the worst layer', async ({ call, rng }) => {
    for (let round = 0; round < 3; round++) {
      const layers = someLayers(rng, 3);
      const plans = allPlans(layers);
      const budget = roomyBudget(rng, plans);
      const plan = await ask(call, layers, budget, plans);
      const best = bestPlan(plans, budget) ?? plan;
      expectFits(plan, budget);
      expectBest(plan, best);
      expectFewest(plan, best);
    }
  }),

  check('the-client', 'Miss Lyle’s LeNet-300-100 goes into 256 KB', async ({ call }) => {
    const layers = await clientLayers();
    const plans = allPlans(layers);
    const plan = await ask(call, layers, flash, plans);
    const best = bestPlan(plans, flash) ?? plan;
    expectFits(plan, flash);
    expectBest(plan, best);
    expectFewest(plan, best);
  }),

  check('edges', 'No layers need no bits; a layer of zeros needs 2', async ({ call }) => {
    expectArrayEqual(await call('planBits', [[], 100], 'numbers'), []);
    const zeros = { name: 'zeros', weights: new Float32Array(16), biases: 2 };
    expectArrayEqual(await call('planBits', [[zeros], 1000], 'numbers'), [2], {
      label: 'the plan',
    });
  }),

  check('refuses', 'A budget that 2 bits a weight exceed is refused', async ({ call, rng }) => {
    const layers = someLayers(rng, 2);
    const smallest = Math.min(...allPlans(layers).map(({ bytes }) => bytes));
    for (const budget of [smallest - 1, 0, -5, NaN]) {
      await expectThrows(() => call('planBits', [layers, budget]), { when: `for ${budget} bytes` });
    }
    const layer = await call('planBits', [layers, smallest], 'numbers');
    expectArrayEqual(layer, [2, 2], { label: 'the plan' });
  }),
]);
