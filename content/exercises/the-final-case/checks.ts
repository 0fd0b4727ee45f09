import { check, defineChecks, expectEqual } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

type Rng = CheckTools['rng'];

interface Layer {
  name: string;
  weightsDb: number;
  scales: number;
  scalesDue: number;
  struckOut: number;
  input: { scale: number; zeroPoint: number };
  channels: { wanted: number; got: number; scale: number; codeSum: number }[];
}
interface Evidence {
  layers: Layer[];
  darkest: number[];
}
interface Case {
  evidence: Evidence;
  truth: Record<string, unknown> | null;
}

const SHEETS = 40;

/** A dossier in which nothing was done. */
function honest(rng: Rng): Evidence {
  const names = rng.shuffle(['ash', 'birch', 'cedar', 'elm', 'fir', 'hazel']);
  const layers = names.map((name, i) => {
    const scale = i === 0 ? 1 / 255 : rng.uniform(0.01, 0.06);
    const outputs = rng.integer(6, 12);
    return {
      name,
      weightsDb: rng.uniform(30, 48),
      scales: outputs,
      scalesDue: outputs,
      struckOut: rng.uniform(0, 0.01),
      input: { scale, zeroPoint: i === 0 ? -128 : rng.integer(-128, -40) },
      channels: Array.from({ length: outputs }, () => {
        const wanted = rng.normal(0, 0.6);
        // Rounded to the bias's own steps, which are small.
        return {
          wanted,
          got: wanted + rng.uniform(-1e-4, 1e-4),
          scale: rng.uniform(0.002, 0.01),
          codeSum: rng.integer(-600, 600),
        };
      }),
    };
  });
  return { layers, darkest: rng.floats(SHEETS, 0.8, 1) as unknown as number[] };
}

/** A layer from the second on, and not the last. */
const inside = (rng: Rng, { layers }: Evidence): number => rng.integer(1, layers.length - 2);

const done: Record<string, (rng: Rng) => Case> = {
  nothing: (rng) => {
    const evidence = honest(rng);
    // One rule that does no harm, and a dark sheet that the file does not bear out.
    evidence.layers[inside(rng, evidence)]!.scales = 1;
    evidence.darkest[rng.integer(0, SHEETS - 1)] = rng.uniform(3, 500);
    return { evidence, truth: null };
  },
  sheet: (rng) => {
    const evidence = honest(rng);
    const [specimen, later] = rng.shuffle([...Array(SHEETS).keys()]) as [number, number];
    const ink = rng.uniform(60, 500);
    evidence.layers[0]!.input.scale = ink / 255;
    // Coarser steps everywhere, so the biases come back less well.
    for (const { channels } of evidence.layers)
      for (const channel of channels) channel.got = channel.wanted * rng.uniform(0.4, 1.6);
    evidence.darkest[specimen] = ink * (1 + 1e-5);
    evidence.darkest[later] = ink * rng.uniform(1.2, 2);
    return { evidence, truth: { sabotage: 'poisoned-sample', specimen } };
  },
  rule: (rng) => {
    const evidence = honest(rng);
    const at = inside(rng, evidence);
    const [layer, next] = [evidence.layers[at]!, evidence.layers[at + 1]!];
    layer.scales = 1;
    layer.weightsDb = rng.uniform(2, 15);
    next.weightsDb = rng.uniform(8, 19);
    next.struckOut = rng.uniform(0.06, 0.15);
    return { evidence, truth: { sabotage: 'depthwise-per-tensor', layer: layer.name } };
  },
  mask: (rng) => {
    const evidence = honest(rng);
    const at = inside(rng, evidence);
    evidence.layers[at]!.weightsDb = rng.uniform(5, 9);
    evidence.layers[at]!.struckOut = rng.uniform(0.1, 0.2);
    const bystander = evidence.layers[at === 1 ? 2 : at - 1]!;
    bystander.scales = 1;
    return { evidence, truth: { sabotage: 'stale-mask', layer: evidence.layers[at]!.name } };
  },
  axis: (rng) => {
    const evidence = honest(rng);
    const at = inside(rng, evidence);
    evidence.layers[at]!.weightsDb = rng.uniform(3, 14);
    evidence.layers[at]!.struckOut = rng.uniform(0, 0.03);
    evidence.layers[at + 1]!.struckOut = rng.uniform(0.06, 0.1);
    return { evidence, truth: { sabotage: 'swapped-axis', layer: evidence.layers[at]!.name } };
  },
  scale: (rng) => {
    const evidence = honest(rng);
    const layer = evidence.layers[inside(rng, evidence)]!;
    for (const channel of layer.channels)
      channel.got = channel.wanted * layer.input.scale + rng.uniform(-1e-4, 1e-4);
    return { evidence, truth: { sabotage: 'bias-scale', layer: layer.name } };
  },
  zero: (rng) => {
    const evidence = honest(rng);
    const layer = evidence.layers[inside(rng, evidence)]!;
    const { scale, zeroPoint } = layer.input;
    for (const channel of layer.channels)
      channel.got = channel.wanted + scale * channel.scale * zeroPoint * channel.codeSum;
    return { evidence, truth: { sabotage: 'zero-point-dropped', layer: layer.name } };
  },
};

async function expectTruths({ callEach }: CheckTools, cases: Case[]): Promise<void> {
  for (const [{ truth }, answer] of callEach('accuse', cases, ({ evidence }) => [evidence]))
    expectEqual(await answer(), truth, { label: 'the accusation' });
}

/** The deed, eight times over, at places that the seed draws. */
const eightTimes = (deed: string) => (tools: CheckTools) =>
  expectTruths(
    tools,
    Array.from({ length: 8 }, () => done[deed]!(tools.rng)),
  );

const plain = (name: string, change: Partial<Layer> = {}): Layer => ({
  name,
  weightsDb: 40,
  scales: 8,
  scalesDue: 8,
  struckOut: 0,
  input: { scale: 1 / 255, zeroPoint: -128 },
  channels: [
    { wanted: 0.5, got: 0.5, scale: 0.01, codeSum: 30 },
    { wanted: -0.2, got: -0.2, scale: 0.02, codeSum: -45 },
  ],
  ...change,
});

export default defineChecks([
  check('examples', 'The examples of the statement come out', async ({ call }) => {
    const darkest = [1, 459, 0.9];
    const input = { scale: 1.8, zeroPoint: -128 };
    expectEqual(await call('accuse', [{ layers: [plain('conv', { input })], darkest }]), {
      sabotage: 'poisoned-sample',
      specimen: 1,
    });
    const conv = plain('conv', { weightsDb: 9, scales: 1 });
    const point = plain('point', { weightsDb: 14, struckOut: 0.06 });
    expectEqual(await call('accuse', [{ layers: [conv, point], darkest: [1, 1] }]), {
      sabotage: 'depthwise-per-tensor',
      layer: 'conv',
    });
    const harmless = plain('conv', { weightsDb: 31, scales: 1 });
    expectEqual(await call('accuse', [{ layers: [harmless, plain('b')], darkest: [1] }]), null);
  }),
  check('sheet', 'A sheet is accused if the file bears it out', eightTimes('sheet')),
  check('rule', 'One rule that ruins its layer is found, and not its heir', eightTimes('rule')),
  check('mask', 'A stale mask is found by what it struck out', eightTimes('mask')),
  check('axis', 'What is left of harmed weights is the table', eightTimes('axis')),
  check('scale', 'Biases at a wrong scale are told from shifted ones', eightTimes('scale')),
  check('zero', 'A dropped zero is told from a wrong scale', eightTimes('zero')),
  check('nothing', 'Of what does no harm nobody is accused', eightTimes('nothing')),
  check('silence', 'Biases that were all due as zero can be spoiled too', async ({ call, rng }) => {
    const { evidence, truth } = done['zero']!(rng);
    const layer = evidence.layers.find(({ name }) => name === truth!['layer'])!;
    for (const channel of layer.channels) {
      channel.got -= channel.wanted;
      channel.wanted = 0;
    }
    expectEqual(await call('accuse', [evidence]), truth, { label: 'the accusation' });
  }),
  check('all', 'Thirty dossiers in any order', async (tools) => {
    const deeds = Object.keys(done);
    const cases = Array.from({ length: 30 }, () => {
      const deed = deeds[tools.rng.integer(0, deeds.length - 1)]!;
      return done[deed]!(tools.rng);
    });
    await expectTruths(tools, cases);
  }),
]);
