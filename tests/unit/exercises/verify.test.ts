/** Verification must find faults: each rule is shown an exercise that breaks it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scaffoldExercise } from '../../../scripts/verify-exercises/scaffold.ts';
import { compilePython } from '../../../scripts/verify-exercises/compile-python.ts';
import { checkInProcess } from '../../../src/exercises/check-in-process.ts';
import { loadExercise } from '../../../src/exercises/load.ts';
import type { Exercise } from '../../../src/exercises/load.ts';
import { exerciseRules } from '../../../src/exercises/verify.ts';
import type { VerifyTools } from '../../../src/exercises/verify.ts';

const model = fileURLToPath(
  new URL('../../../content/exercises/scale-and-zero-point', import.meta.url),
);
const good = await loadExercise(model);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'new-exercise-'));
});
afterAll(() => rm(folder, { recursive: true }));

const tools: VerifyTools = {
  check: checkInProcess,
  checkHere: checkInProcess,
  run: async () => ({ status: 'finished', elapsedMs: 1, sectionLost: false }),
  typeErrors: () => [],
  compilePython: async () => undefined,
  sections: new Set(['1.3']),
  files: new Set(['lenet-300-100']),
  pythonNames: new Set([
    'tf.minimum',
    'tf.maximum',
    'tf.clip_by_value',
    'tf.round',
    'tf.cast',
    'tf.int8',
    'tf.constant',
    'tf.Tensor',
    'tf.quantization.fake_quant_with_min_max_args',
  ]),
};

/** Faults of an exercise by the start of the rule's name. */
async function faultsOf(
  rule: string,
  changes: Partial<Exercise>,
  changedTools: Partial<VerifyTools> = {},
): Promise<string[]> {
  const found = exerciseRules.find(({ name }) => name.startsWith(rule));
  if (found === undefined) throw new Error(`There is no rule “${rule}”.`);
  return found.find({ ...good, ...changes }, { ...tools, ...changedTools });
}

test('a good exercise breaks no rule', async () => {
  for (const { name, find } of exerciseRules)
    expect([name, await find(good, tools)]).toEqual([name, []]);
});

describe('the solution', () => {
  const rule = 'the solution passes, twice';

  test('must pass', async () => {
    const faults = await faultsOf(rule, { solution: good.starter });
    expect(faults[0]).toContain('does not pass with seed 1303: steps:');
  });

  test('must give the same report twice', async () => {
    let runs = 0;
    const check: VerifyTools['check'] = async (request) => {
      const report = await checkInProcess(request);
      return {
        ...report,
        results: report.results.map((result) => ({ ...result, name: `${runs++}` })),
      };
    };
    expect(await faultsOf(rule, {}, { check })).toEqual([
      'With seed 1303 it gave two different reports.',
    ]);
  });

  test('must take less than half the limit', async () => {
    const check: VerifyTools['check'] = async (request) => ({
      ...(await checkInProcess(request)),
      elapsedMs: 2_600,
    });
    expect((await faultsOf(rule, {}, { check }))[0]).toContain(
      '2600 ms, more than half its limit of 5000 ms',
    );
  });

  test('must pass with other seeds too', async () => {
    const check: VerifyTools['check'] = async (request) => {
      const report = await checkInProcess(request);
      return request.seed === 1303 ? report : { ...report, passed: false };
    };
    expect(await faultsOf(rule, {}, { check })).toEqual([]);
    expect(await faultsOf('the solution passes with three', {}, { check })).toHaveLength(3);
  });
});

describe('the starter', () => {
  const rule = 'the starter';

  test('must fail', async () => {
    expect(await faultsOf(rule, { starter: good.solution })).toEqual([
      'The starter passes the checks.',
    ]);
  });

  test('must run, and export what is asked', async () => {
    const run: VerifyTools['run'] = async () => ({
      status: 'error',
      elapsedMs: 1,
      sectionLost: false,
      error: { code: 'x', explain: 'broken' },
    });
    expect(await faultsOf(rule, {}, { run })).toEqual(['The starter does not run: error, broken']);
    expect((await faultsOf(rule, { starter: 'export const other = 1;' }))[0]).toContain(
      'does not export it',
    );
  });
});

describe('a mistake', () => {
  const rule = 'every mistake';
  const [first, second] = good.mistakes;
  if (!first || !second) throw new Error('the model exercise has two mistakes');

  test('must fail', async () => {
    const faults = await faultsOf(rule, { mistakes: [{ ...first, code: good.solution }] });
    expect(faults[0]).toContain('passes the checks');
  });

  test('must fail the check it names', async () => {
    expect((await faultsOf(rule, { mistakes: [{ ...first, fails: 'refuses' }] }))[0]).toContain(
      'passes the check “refuses”',
    );
    expect((await faultsOf(rule, { mistakes: [{ ...first, fails: 'no-such' }] }))[0]).toContain(
      'does not exist',
    );
  });

  test('must get its own advice', async () => {
    const twin = { ...first, name: 'twin' };
    expect(await faultsOf(rule, { mistakes: [first, twin] })).toEqual([
      `mistakes/twin.ts gets the advice of ${first.name} instead of its own.`,
    ]);
  });

  test('is not the only one, and says something of its own', async () => {
    expect(await faultsOf('its ids', { mistakes: [first] })).toEqual([
      'It has one known mistake; two are the least.',
    ]);
    expect(
      await faultsOf('its ids', { mistakes: [first, { ...second, advice: first.advice }] }),
    ).toEqual(['Two mistakes give the same advice.']);
  });
});

describe('checks', () => {
  test('must not break on answers of the wrong kind', async () => {
    const checks = `import { check, defineChecks, expectEqual } from 'heavy-weights/checks';
      export default defineChecks([check('careless', 'Careless', async ({ call }) => {
        const answer = await call('chooseScaleAndZeroPoint', [-51, 204]);
        expectEqual(answer.scale.toFixed(0), '1');
      })]);`;
    const faults = await faultsOf('answers of the wrong kind', { checks });
    expect(faults[0]).toContain('A program that returns nothing is not judged');
  });

  test('must not accept an empty file', async () => {
    const check: VerifyTools['check'] = async (request) => ({
      ...(await checkInProcess(request)),
      passed: true,
    });
    expect(await faultsOf('an empty file', {}, { check })).toHaveLength(1);
  });
});

describe('texts', () => {
  test('keep no placeholder', async () => {
    expect(await faultsOf('no placeholder', { statement: 'Write ⟨this⟩.' })).toEqual([
      'statement.mdx still says ⟨this⟩.',
    ]);
  });

  test('name an existing section, existing files and every entry', async () => {
    const data = { ...good.data, chapter: '6.9', files: ['vgg'], entry: ['elsewhere'] };
    expect(await faultsOf('its ids', { data })).toEqual([
      'It belongs to section 6.9, which does not exist.',
      'It opens “vgg”, which is no file of the book.',
      'The statement does not mention elsewhere.',
    ]);
  });

  test('end with the solution in the last hint', async () => {
    expect((await faultsOf('the last hint', { hints: ['a', 'b'] }))[0]).toContain('gives no code');
    expect(
      (await faultsOf('the last hint', { hints: ['a', '```ts\nconst x = 1;\n```'] }))[0],
    ).toContain('const x = 1;');
  });

  test('use Python names that are listed, and Python that compiles', async () => {
    const python = 'import tensorflow as tf\ntf.quantise(1)\n';
    expect(await faultsOf('the Python twin', { python })).toEqual([
      'python.py:2 uses tf.quantise, which is not in content/python-names.yaml.',
    ]);
    expect(
      await faultsOf('the Python twin', {}, { compilePython: async () => 'python.py:1: bad' }),
    ).toEqual(['python.py:1: bad']);
  });
});

describe('a new exercise', () => {
  test('loads, and is red for stated reasons until it is written', async () => {
    const made = await loadExercise(
      await scaffoldExercise(folder, { slug: 'pack-int2', chapter: '1.3', title: 'Pack' }),
    );
    expect(made.data).toMatchObject({ id: 'pack-int2', chapter: '1.3', entry: ['packInt2'] });
    const red: Record<string, string[]> = {};
    for (const { name, find } of exerciseRules) {
      const faults = await find(made, tools);
      if (faults.length > 0) red[name] = faults;
    }
    expect(red['no placeholder is left']).toHaveLength(9);
    expect(Object.keys(red)).toContain('the solution passes, twice alike, within half the limit');
    expect(Object.keys(red)).toContain('the last hint gives the solution');
    expect(await compilePython(join(made.folder, 'python.py'))).toBeUndefined();
  });

  test('is refused when its slug, section or title is wrong, or it exists', async () => {
    const make = (changes: object): Promise<string> =>
      scaffoldExercise(folder, { slug: 'a-b', chapter: '1.3', title: 'A title', ...changes });
    await make({});
    await expect(make({})).rejects.toThrow('There is an exercise a-b already.');
    await expect(make({ slug: '../x' })).rejects.toThrow('kebab-case');
    await expect(make({ slug: 'c', chapter: 'one' })).rejects.toThrow('--chapter');
    await expect(make({ slug: 'c', title: '' })).rejects.toThrow('--title');
  });
});
