import { check, defineChecks, expectEqual } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

type Rng = CheckTools['rng'];
type Data = 'nothing' | 'specimens' | 'labels';

interface Way {
  name: string;
  trouble: number;
  needs: Data;
  floats: boolean;
  flash: number;
  ram: number;
  correct: number;
  tested: number;
}
interface Project {
  has: Data;
  integersOnly: boolean;
  flash: number;
  ram: number;
  contract: number;
}

const AMOUNTS: Data[] = ['nothing', 'specimens', 'labels'];
const Z = 1.959964;
/** Below this the sixth digit of z could decide. */
const NEAR = 1e-6;

function lowerEnd({ correct, tested: n }: Way): number {
  const p = correct / n;
  const spread = Z * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n));
  return (p + (Z * Z) / (2 * n) - spread) / (1 + (Z * Z) / n);
}

/** The rule, worked out once more by counting who comes before whom. */
function planOf(ways: Way[], project: Project) {
  const allowed = ways.filter((way) => {
    const lacks = AMOUNTS.indexOf(way.needs) > AMOUNTS.indexOf(project.has);
    const wrong = way.floats && project.integersOnly;
    return !lacks && !wrong && way.flash <= project.flash && way.ram <= project.ram;
  });
  const before = (a: Way, b: Way): boolean =>
    a.trouble < b.trouble || (a.trouble === b.trouble && a.flash < b.flash);
  const sorted: Way[] = [];
  for (const way of allowed) sorted[allowed.filter((other) => before(other, way)).length] = way;
  const safe = sorted.filter((way) => lowerEnd(way) >= project.contract);
  return {
    choice: safe[0]?.name ?? null,
    order: sorted.map(({ name }) => name),
    wanting: sorted
      .filter((way) => !safe.includes(way) && way.correct / way.tested >= project.contract)
      .map(({ name }) => name),
  };
}

interface Case {
  ways: Way[];
  project: Project;
}

function drawn(rng: Rng): Case {
  const contract = rng.uniform(0.95, 0.99);
  const flashes = rng.shuffle([...Array(12).keys()]);
  const ways = flashes.map((flash, i): Way => {
    const tested = [100, 500, 2000, 10_000][rng.integer(0, 3)]!;
    return {
      name: `way ${i}`,
      trouble: rng.integer(1, 4),
      needs: AMOUNTS[rng.integer(0, 2)]!,
      floats: rng.uniform(0, 1) < 0.3,
      flash: 20_000 * (flash + 1),
      ram: rng.integer(4_000, 80_000),
      correct: Math.round(tested * rng.uniform(contract - 0.004, Math.min(1, contract + 0.012))),
      tested,
    };
  });
  return {
    ways: ways.filter((way) => Math.abs(lowerEnd(way) - contract) > NEAR),
    project: {
      has: AMOUNTS[rng.integer(0, 2)]!,
      integersOnly: rng.uniform(0, 1) < 0.5,
      flash: 200_000,
      ram: 64_000,
      contract,
    },
  };
}

const way = (name: string, change: Partial<Way> = {}): Way => ({
  name,
  trouble: 1,
  needs: 'nothing',
  floats: false,
  flash: 1000,
  ram: 1000,
  correct: 9950,
  tested: 10_000,
  ...change,
});
const project: Project = {
  has: 'labels',
  integersOnly: false,
  flash: 262_144,
  ram: 65_536,
  contract: 0.985,
};

async function expectPlans({ callEach }: CheckTools, cases: Case[]): Promise<void> {
  const kind: { order: ['string']; wanting: ['string'] } = {
    order: ['string'],
    wanting: ['string'],
  };
  for (const [asked, plan] of callEach(
    'whatToTry',
    cases,
    (each) => [each.ways, each.project],
    kind,
  ))
    expectEqual(await plan(), planOf(asked.ways, asked.project));
}

const expectPlan = (tools: CheckTools, ways: Way[], asked: Project): Promise<void> =>
  expectPlans(tools, [{ ways, project: asked }]);

export default defineChecks([
  check('example', 'The example of the statement comes out', async (tools) => {
    await expectPlan(
      tools,
      [
        way('float16', { floats: true, flash: 862_800, correct: 9945 }),
        way('fewer', { trouble: 20, flash: 49_976, correct: 199, tested: 200 }),
        way('in full', { trouble: 21, flash: 49_976, correct: 9926 }),
      ],
      project,
    );
  }),
  check('data', 'What needs more data than there are is closed', async (tools) => {
    const ways = AMOUNTS.map((needs, i) => way(needs, { needs, trouble: 3 - i }));
    for (const has of AMOUNTS) await expectPlan(tools, ways, { ...project, has });
  }),
  check('floats', 'A device of integers only is given no floats', async (tools) => {
    const ways = [way('floats', { floats: true }), way('integers', { trouble: 9 })];
    await expectPlan(tools, ways, { ...project, integersOnly: true });
    await expectPlan(tools, ways, project);
  }),
  check(
    'fits',
    'What fills the memory to the byte fits, and a byte more does not',
    async (tools) => {
      const { flash, ram } = project;
      await expectPlan(
        tools,
        [
          way('full', { flash, ram }),
          way('flash', { flash: flash + 1 }),
          way('ram', { ram: ram + 1 }),
        ],
        project,
      );
    },
  ),
  check('ties', 'Of equal trouble the fewer bytes come first', async (tools) => {
    const ways = [300, 100, 200].map((flash) => way(`${flash}`, { flash }));
    await expectPlan(tools, tools.rng.shuffle(ways), project);
  }),
  check('safe', 'Only the lower end of the interval is safe', async (tools) => {
    const ways = [
      way('lucky', { correct: 100, tested: 100, trouble: 1 }),
      way('close', { correct: 9860, trouble: 2 }),
      way('below', { correct: 9840, trouble: 3 }),
      way('safe', { correct: 9900, trouble: 4 }),
    ];
    await expectPlan(tools, ways, project);
    await expectPlan(tools, ways.slice(0, 3), project);
    await expectPlan(tools, [], project);
  }),
  check('drawn', 'Forty projects come out', async (tools) => {
    await expectPlans(
      tools,
      Array.from({ length: 40 }, () => drawn(tools.rng)),
    );
  }),
]);
