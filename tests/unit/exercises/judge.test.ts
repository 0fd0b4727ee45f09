import { describe, expect, test } from 'vitest';
import { checkInProcess } from '../../../src/exercises/check-in-process.ts';
import { judge } from '../../../src/exercises/judge.ts';
import type {
  CallResult,
  CheckReport,
  CheckRequest,
  JudgeRequest,
  MistakeSource,
} from '../../../src/runtime/protocol.ts';

const imports = `import { check, defineChecks, expectEqual, expectArrayEqual, expectThrows, fail } from 'heavy-weights/checks';`;

const doubleChecks = `${imports}
export default defineChecks([
  check('fixed', 'Twice three is six', async ({ call }) => {
    expectEqual(await call('double', [3], 'number'), 6);
  }),
  check('random', 'Any number is doubled', async ({ call, rng }) => {
    const value = rng.uniform(1, 9);
    expectEqual(await call('double', [value], 'number'), 2 * value);
  }),
]);`;

function request(code: string, changes: Partial<CheckRequest> = {}): CheckRequest {
  return {
    exercise: 'double',
    code,
    entry: ['double'],
    checks: doubleChecks,
    mistakes: [],
    seed: 7,
    limitMs: 1_000,
    ...changes,
  };
}

function mistake(name: string, code: string, fails = 'fixed'): MistakeSource {
  return { name, fails, advice: `advice of ${name}`, code };
}

const statuses = (report: CheckReport): string[] => report.results.map(({ status }) => status);

describe('a submission', () => {
  test('passes when every check holds', async () => {
    const report = await checkInProcess(
      request('export const double = (x: number): number => 2 * x;'),
    );
    expect(report).toMatchObject({ passed: true, seed: 7 });
    expect(statuses(report)).toEqual(['passed', 'passed']);
    expect(report.error).toBeUndefined();
  });

  test('may be asynchronous', async () => {
    const report = await checkInProcess(
      request('export async function double(x: number) { await null; return x + x; }'),
    );
    expect(report.passed).toBe(true);
  });

  test('that fails is shown the call, what came and what was expected', async () => {
    const report = await checkInProcess(request('export const double = (x) => x + 2;'));
    expect(report.results[0]).toEqual({
      id: 'fixed',
      name: 'Twice three is six',
      status: 'failed',
      feedback: {
        message: 'The answer should be 6; it is 5.',
        called: 'double(3)',
        got: '5',
        expected: '6',
      },
    });
  });

  test('is shown no call for an array that the check gathered from many', async () => {
    const checks = `${imports}
export default defineChecks([
  check('fixed', 'Every number is doubled', async ({ call }) => {
    const answers = [];
    for (const x of [1, 2, 3]) answers.push(await call('double', [x], 'number'));
    expectArrayEqual(answers, [2, 4, 6]);
  }),
]);`;
    const report = await checkInProcess(
      request('export const double = (x: number): number => x + 1;', { checks }),
    );
    expect(report.results[0]?.feedback).toMatchObject({ got: '[2, 3, 4]', expected: '[2, 4, 6]' });
    expect(report.results[0]?.feedback).not.toHaveProperty('called');
  });

  test('that throws is shown its own error', async () => {
    const report = await checkInProcess(
      request(`export function double() { throw new Error('no luck'); }`),
    );
    expect(report.results[0]?.feedback).toMatchObject({
      message: 'double threw an error.',
      called: 'double(3)',
      error: { explain: 'no luck' },
    });
  });

  test('that answers with the wrong kind is told which kind is wanted', async () => {
    const report = await checkInProcess(request(`export const double = () => '6';`));
    expect(report.results[0]?.feedback?.message).toBe(
      'double should return a number; it returned "6".',
    );
  });

  test('cannot answer with a function', async () => {
    const report = await checkInProcess(request('export const double = () => () => 6;'));
    expect(statuses(report)).toEqual(['failed', 'failed']);
    expect(report.results[0]?.feedback).toMatchObject({
      message: 'What double returned cannot be checked.',
      error: { code: 'value-cannot-cross' },
    });
  });
});

describe('a missing export', () => {
  test('is named, with the near miss', async () => {
    const report = await checkInProcess(request('export const duoble = (x) => 2 * x;'));
    expect(report.passed).toBe(false);
    expect(statuses(report)).toEqual(['not-run', 'not-run']);
    expect(report.error).toEqual({
      code: 'missing-export',
      explain: 'The checks call double, and your program does not export it.',
      elaborate: 'It exports duoble.',
      hint: 'If duoble is meant, call it double.',
    });
  });

  test('of an empty file says that nothing is exported', async () => {
    const { error } = await checkInProcess(request(''));
    expect(error?.elaborate).toBe('It exports nothing.');
    expect(error?.hint).toContain('export function double');
  });

  test('is not hidden by a function that is not exported', async () => {
    const { error } = await checkInProcess(request('function double(x) { return 2 * x; }'));
    expect(error?.code).toBe('missing-export');
  });
});

describe('known mistakes', () => {
  const adds = mistake('adds-two', 'export const double = (x: number) => x + 2;');
  const squares = mistake('squares', 'export const double = (x: number) => x * x;');

  test('give their advice to a program that answers alike', async () => {
    const report = await checkInProcess(
      request('export const double = (n) => { let sum = n; sum += 1; return sum + 1; };', {
        mistakes: [squares, adds],
      }),
    );
    expect(report.mistake).toEqual({ name: 'adds-two', advice: 'advice of adds-two' });
  });

  test('are compared to a relative 1e-9, not to the last bit', async () => {
    const code = 'export const double = (x) => (x * 1.1 + 2 * 1.1) / 1.1;';
    expect((await checkInProcess(request(code, { mistakes: [adds] }))).mistake?.name).toBe(
      'adds-two',
    );
    const off = 'export const double = (x) => (x + 2) * (1 + 1e-7);';
    expect((await checkInProcess(request(off, { mistakes: [adds] }))).mistake).toBeUndefined();
  });

  test('give no advice to a wrong program of another kind, nor to a right one', async () => {
    expect(
      (await checkInProcess(request('export const double = () => 0;', { mistakes: [adds] })))
        .mistake,
    ).toBeUndefined();
    const right = await checkInProcess(
      request('export const double = (x) => 2 * x;', { mistakes: [adds] }),
    );
    expect(right).toMatchObject({ passed: true });
    expect(right.mistake).toBeUndefined();
  });

  test('must agree on throwing too', async () => {
    const throwing = mistake(
      'throws',
      `export function double() { throw new Error('one wording'); }`,
    );
    const code = `export function double() { throw new TypeError('another wording'); }`;
    expect(
      (await checkInProcess(request(code, { mistakes: [adds, throwing] }))).mistake?.name,
    ).toBe('throws');
  });

  test('see the arguments as they were, though a check or another mistake changes them', async () => {
    const checks = `${imports}
export default defineChecks([
  check('sorted', 'The largest comes last', async ({ call }) => {
    const values = [3, 1, 2];
    const answer = await call('sort', [values], 'numbers');
    values.length = 0;
    expectArrayEqual(answer, [1, 2, 3]);
  }),
]);`;
    const mutating = mistake(
      'empties',
      'export const sort = (v) => { v.length = 0; return [9]; };',
      'sorted',
    );
    const unsorted = mistake('unsorted', 'export const sort = (v) => [...v];', 'sorted');
    const report = await checkInProcess(
      request('export const sort = (v) => v;', {
        entry: ['sort'],
        checks,
        mistakes: [mutating, unsorted],
      }),
    );
    expect(report.results[0]?.feedback?.called).toBe('sort([3, 1, 2])');
    expect(report.mistake?.name).toBe('unsorted');
  });

  test('are passed over when their named check passed', async () => {
    const elsewhere = mistake('adds-two', adds.code, 'some-other-check');
    expect(
      (await checkInProcess(request(adds.code, { mistakes: [elsewhere] }))).mistake,
    ).toBeUndefined();
  });
});

describe('checks that are themselves at fault', () => {
  const right = 'export const double = (x) => 2 * x;';

  test('that test nothing do not pass', async () => {
    const checks = `${imports} export default defineChecks([check('idle', 'Idle', async ({ call }) => { await call('double', [1]); })]);`;
    const report = await checkInProcess(request(right, { checks }));
    expect(report.passed).toBe(false);
    expect(report.error?.code).toBe('check-defect');
    expect(report.error?.explain).toContain('tested nothing');
  });

  test('that throw by themselves are blamed, and the others still run', async () => {
    const checks = `${imports} export default defineChecks([
      check('broken', 'Broken', async () => { null.length; }),
      check('sound', 'Sound', async ({ call }) => { expectEqual(await call('double', [1]), 2); }),
    ]);`;
    const report = await checkInProcess(request(right, { checks }));
    expect(statuses(report)).toEqual(['not-run', 'passed']);
    expect(report.passed).toBe(false);
    expect(report.error?.elaborate).toBe('This is a mistake of the book, not of your program.');
  });

  test.for([
    ['no default export', 'export const checks = [];'],
    ['no checks', `${imports} export default defineChecks([]);`],
    ['a syntax error', 'export default ['],
  ])('with %s are a defect, never a pass', async ([, checks]) => {
    const report = await checkInProcess(request(right, { checks }));
    expect(report).toMatchObject({ passed: false, results: [], error: { code: 'check-defect' } });
  });
});

describe('random inputs', () => {
  const seen = async (seed: number, order: string[]): Promise<unknown[]> => {
    const inputs: Record<string, unknown> = {};
    const one = (id: string): string =>
      `check('${id}', 'Check ${id}', async ({ call, rng }) => { expectEqual(await call('double', ['${id}', rng.uniform()]), 0); })`;
    const payload: JudgeRequest = {
      exercise: 'e',
      entry: ['double'],
      exports: ['double'],
      mistakes: [],
      seed,
      limitMs: 1_000,
      checks: '',
    };
    const kit = await import('../../../src/exercises/kit/index.ts');
    await judge(payload, {
      evaluate: async () => ({
        default: new Function('check', 'expectEqual', `return [${order.map(one).join(',')}]`)(
          kit.check,
          kit.expectEqual,
        ),
      }),
      callEach: (_name, each) =>
        each.map(async ([id, value]): Promise<CallResult> => {
          inputs[String(id)] = value;
          return { ok: true, value: 0 };
        }),
    });
    return ['a', 'b'].map((id) => inputs[id]);
  };

  test('follow the seed and the check, not the order of the checks', async () => {
    const first = await seen(1, ['a', 'b']);
    expect(await seen(1, ['b', 'a'])).toEqual(first);
    expect(await seen(2, ['a', 'b'])).not.toEqual(first);
    expect(first[0]).not.toBe(first[1]);
  });
});

describe('a submission whose realm ends', () => {
  /** Judges what answers the first calls with their doubles, and no others any more. */
  const judgeUntil = async (answered: number, checks: string) => {
    const { compileModule } = await import('../../../src/runtime/realm/compile.ts');
    const { evaluateModule } = await import('../../../src/runtime/realm/evaluate.ts');
    const kit = await import('../../../src/exercises/kit/index.ts');
    const calls: unknown[] = [];
    const payload: JudgeRequest = {
      exercise: 'e',
      entry: ['double'],
      exports: ['double'],
      mistakes: [],
      seed: 1,
      limitMs: 10,
      checks: `${imports} export default defineChecks([${checks}]);`,
    };
    const report = (await judge(payload, {
      evaluate: (code, name) =>
        evaluateModule(compileModule(code, { showLast: false }), {
          name,
          modules: { 'heavy-weights/checks': kit },
          evaluateScript: (text) => (0, eval)(text),
        }),
      callEach: (_name, each) =>
        each.map(async ([value]): Promise<CallResult> => {
          calls.push(value);
          return calls.length <= answered
            ? { ok: true, value: 2 * (value as number) }
            : { ok: false, error: { code: 'time-limit', explain: 'It was still running.' } };
        }),
    })) as CheckReport;
    return { report, calls };
  };
  const later = `check('later', 'Later', async ({ call }) => { expectEqual(await call('double', [1]), 2); })`;

  test('fails the check it was in, runs no other, and no refusal counts as passed', async () => {
    const { report, calls } = await judgeUntil(
      0,
      `check('refuses', 'Refuses', async ({ call }) => { await expectThrows(() => call('double', [NaN]), { when: 'for NaN' }); }), ${later}`,
    );
    expect(statuses(report)).toEqual(['failed', 'not-run']);
    expect(report.results[0]?.feedback).toMatchObject({
      message: 'double did not answer.',
      called: 'double(NaN)',
    });
    expect(calls).toEqual([NaN]);
  });

  const each = (wanted: string): string =>
    `check('each', 'Each', async ({ callEach }) => {
      for (const [value, answer] of callEach('double', [1, 2, 3, 4], (n) => [n], 'number')) expectEqual(await answer(), ${wanted});
    }), ${later}`;

  test('among many calls: the one that had no answer is named', async () => {
    const { report } = await judgeUntil(2, each('2 * value'));
    expect(statuses(report)).toEqual(['failed', 'not-run']);
    expect(report.results[0]?.feedback).toMatchObject({
      message: 'double did not answer.',
      called: 'double(3)',
    });
  });

  test('after a wrong answer: the answer is told of, and no other check is run', async () => {
    const { report } = await judgeUntil(2, each('3 * value'));
    expect(statuses(report)).toEqual(['failed', 'not-run']);
    expect(report.results[0]?.feedback).toMatchObject({
      called: 'double(1)',
      got: '2',
      expected: '3',
    });
  });
});
